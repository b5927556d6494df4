import sys

from hudun.runtime.broker.cli import main

sys.exit(main(sys.argv[1:]))
