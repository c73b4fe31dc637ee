"""All that is open during a command or a task: the ports, the registers and the policy in force.

The night is given all of it; every other use case says, by its parameters or in a protocol, what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.coverage.deliveries import Delivery
from sohoa.domain.coverage.holdings import Holding
from sohoa.domain.coverage.ranking import Criterion
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.calibration import Calibration
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.extract.vocabularies import Vocabularies
from sohoa.domain.marks import Marks
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.ports import (
    AccessRequests,
    Accounts,
    ApiTokens,
    Clock,
    Courier,
    CoverageCounts,
    Dispatches,
    DocumentRegisters,
    DocumentStates,
    Dossiers,
    EventLog,
    FixityLog,
    HoldingFiles,
    HoldingRegister,
    IdentityProvider,
    ListFiles,
    ObjectStore,
    PageViewer,
    Passwords,
    Recogniser,
    RecordRegister,
    Reports,
    ReviewQueue,
    SavedQueries,
    Sealer,
    SearchIndex,
    SecondFactors,
    Sessions,
    Snapshots,
    StartedSignIns,
    WorkHistory,
)


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings that decide, as plain values.

    ``tools`` are program versions for provenance; ``max_bytes`` and ``max_pages`` limit one document.
    ``document_seconds`` is how long reading one may take; after ``night_seconds`` none is begun any more.
    """

    profile: str
    inbox: str
    archive: str
    quarantine: str
    reports: str
    disposition: str
    review_below: float
    attempts: int
    nights: int
    batch_files: int
    batch_bytes: int
    min_free_bytes: int
    night_seconds: float
    document_seconds: float
    target_low: float
    target_high: float
    settings_sha256: str
    boxes_per_metre: int
    pages_per_metre: int
    tools: Mapping[str, str]
    max_bytes: int
    max_pages: int
    verify_inbox_bytes: int
    verify_period_days: int
    verify_night_records: int


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that is open during a command or a task.

    ``owner`` names this process in claims; ``workers`` is how many documents are worked on at a time.
    ``people`` are the roles of those who may act by name in a shell; ``accounts`` those who sign in, and
    ``tries`` how often addresses tried to while all this was open. Who has one of ``second_factor_roles``
    needs a second factor. ``identity_provider`` is where people of the province sign in elsewhere, at
    ``strong_levels`` with a second factor there; ``sign_in_label`` is its name for people.
    """

    store: ObjectStore
    states: DocumentStates
    records: RecordRegister
    events: EventLog
    queue: ReviewQueue
    registers: DocumentRegisters
    dossiers: Dossiers
    declared: HoldingRegister
    holding_files: HoldingFiles
    counts: CoverageCounts
    work: WorkHistory
    snapshots: Snapshots
    fixity: FixityLog
    dispatches: Dispatches
    accounts: Accounts
    sessions: Sessions
    tokens: ApiTokens
    requests: AccessRequests
    saved_queries: SavedQueries
    passwords: Passwords
    second_factors: SecondFactors
    started: StartedSignIns
    identity_provider: IdentityProvider | None
    strong_levels: frozenset[str]
    sign_in_label: str
    index: SearchIndex
    recogniser: Recogniser
    viewer: PageViewer
    sealer: Sealer
    reports: Reports
    list_files: ListFiles
    clock: Clock
    agencies: AgencyRegister
    types: TypeTable
    calibration: Calibration
    marks: Marks
    agency_words: AgencyWords
    codes: PersonalCodes
    holdings: Sequence[Holding]
    policy: Policy
    owner: str
    workers: int
    targets: Sequence[LegalTarget] = ()
    criteria: Sequence[Criterion] = ()
    deliveries: Sequence[Delivery] = ()
    couriers: Mapping[str, Courier] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    second_factor_roles: frozenset[str] = frozenset()
    tries: Tries = field(default_factory=Tries)
    vocabularies: Vocabularies = field(default_factory=Vocabularies)
