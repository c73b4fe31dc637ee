"""What the use cases need from outside, in domain words. One Protocol per need, small.

Every adapter translates its vendor's errors into ``domain.errors`` at its edge: a service that does
not answer is ``Unavailable``, a full disk ``NoSpace``, wrong credentials ``Misconfigured``.
"""

from sohoa.ports.clock import Clock
from sohoa.ports.coverage import CoverageCounts, Snapshot, Snapshots, WorkHistory
from sohoa.ports.deliveries import Courier, Dispatches
from sohoa.ports.events import Event, EventLog, EventQuery, NewEvent
from sohoa.ports.fixity import FixityLog, FixityState
from sohoa.ports.holdings import HoldingFiles, HoldingRegister
from sohoa.ports.index import FACETS, Completed, SearchHit, SearchIndex, SearchResult
from sohoa.ports.packages import Fetch, PackageReader, PackageWriter, ReceivedPackage
from sohoa.ports.people import (
    AccessRequests,
    Accounts,
    ApiTokens,
    Change,
    IdentityProvider,
    Passwords,
    SavedQueries,
    SecondFactors,
    Sessions,
    StartedSignIns,
)
from sohoa.ports.recognition import FileFacts, PageViewer, Recogniser, SourceFile
from sohoa.ports.records import RecordRegister, RecordRow
from sohoa.ports.registers import DocumentRegisters, Dossiers, Entered
from sohoa.ports.reports import ListFiles, ListForm, Reports
from sohoa.ports.reviews import ReviewQueue
from sohoa.ports.seals import LASTING, BlockPlace, KeyState, SealCheck, Sealed, Sealer, SealRequest, TextSeal
from sohoa.ports.states import DocumentStates
from sohoa.ports.store import ObjectStore

__all__ = [
    "FACETS",
    "LASTING",
    "AccessRequests",
    "Accounts",
    "ApiTokens",
    "BlockPlace",
    "Change",
    "Clock",
    "Completed",
    "Courier",
    "CoverageCounts",
    "Dispatches",
    "DocumentRegisters",
    "DocumentStates",
    "Dossiers",
    "Entered",
    "Event",
    "EventLog",
    "EventQuery",
    "Fetch",
    "FileFacts",
    "FixityLog",
    "FixityState",
    "HoldingFiles",
    "HoldingRegister",
    "IdentityProvider",
    "KeyState",
    "ListFiles",
    "ListForm",
    "NewEvent",
    "ObjectStore",
    "PackageReader",
    "PackageWriter",
    "PageViewer",
    "Passwords",
    "ReceivedPackage",
    "Recogniser",
    "RecordRegister",
    "RecordRow",
    "Reports",
    "ReviewQueue",
    "SavedQueries",
    "SealCheck",
    "SealRequest",
    "Sealed",
    "Sealer",
    "SearchHit",
    "SearchIndex",
    "SearchResult",
    "SecondFactors",
    "Sessions",
    "Snapshot",
    "Snapshots",
    "SourceFile",
    "StartedSignIns",
    "TextSeal",
    "WorkHistory",
]
