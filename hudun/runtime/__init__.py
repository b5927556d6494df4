"""What every process stands on, without Django: clock, MQTT, store, keys, certificates."""
