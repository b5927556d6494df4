"""Photos and files as they came: admitted once, kept byte for byte, handed out harmless.

admitted = admit_photo(data)                      # before the transaction
store(act, organ, id=…, data=admitted, about=…)   # within the action
Attachment.objects.about(record)                  # models.py
"""
