"""The web: the same verbs as pages and JSON, for people who will never use a terminal.

summitry.web.serve("record.db", "127.0.0.1", 8400, open_browser=True)
application = summitry.web.create_app("record.db", Settings(public=True))     # for a server of one's own
"""

from summitry.web.app import create_app
from summitry.web.running import serve
from summitry.web.settings import Settings

__all__ = ["Settings", "create_app", "serve"]
