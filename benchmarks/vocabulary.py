"""Words and sentences for synthetic documents: varied enough that neither a compressor nor a cache is flattered."""

from __future__ import annotations

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ADJECTIVES = _words("""
adaptive agile anonymized applied archival asynchronous atomic auditable automated autonomous baseline batched bounded
capable causal central clustered coherent compliant composable concurrent consistent contextual continuous critical
cross-region curated declarative deferred delegated dependable deterministic distributed durable dynamic elastic
emergent encrypted ephemeral executive explicit federated fine-grained generative global governed granular graded
hardened heterogeneous hierarchical hybrid idempotent immutable incremental indexed inherited instrumented integrated
interactive joint latent layered legal lightweight linear local long-running managed measured minimal mobile modular
multi-tenant native nested observable offline operational optimistic orchestrated partial peer-reviewed periodic
pluggable portable predictive preventive proactive probabilistic programmable quarterly reactive real-time recurrent
redundant regional reliable remote replicated resilient responsible reusable rolling scalable scheduled secure
self-service semantic serverless shared signed simulated sovereign staged stateless strategic streaming structured
sustainable synthetic tactical targeted technical temporal tiered traceable transactional transparent unified
validated versioned virtual volatile weighted
""")

NOUNS = _words("""
access accelerator account acquisition adapter adoption agent agreement alert algorithm alliance analysis anomaly
appetite approval archive artifact assurance audit autoscaling backlog balance baseline batch benchmark blueprint board
boundary briefing broker budget buffer bundle cache cadence campaign capacity catalog charter checkpoint circuit
classifier client cluster coalition cohort collector commit community compiler compliance component concurrency
consensus console container contract control convoy cost council coverage credential curve customer dashboard dataset
deadline debt decision dependency deployment descriptor design diagram dialogue digest disk dossier drift driver drill
economics ecosystem edge embedding endpoint engine envelope environment escalation estimate evaluation event evidence
exception executive experiment exporter failover fairness feature feedback fleet forecast framework funding gateway
governance gradient graph guardrail guideline handoff hardening hardware hazard heatmap hypothesis identity incident
index inference ingestion initiative inspection integration interface inventory investment isolation iteration journal
journey kernel key label landscape latency launch layer ledger lesson lifecycle lineage listener locality log loop
maintenance mandate manifest mapping margin market matrix maturity measure memory mentor mesh message metric migration
milestone mitigation model monitor narrative negotiation network node notebook objective observer operator optimizer
outage outcome overhead owner packet panel parameter partition partner patch pattern payload penalty performance
permission persona pilot pipeline placement plan platform playbook policy pool portfolio posture precision priority
probe procurement profile program protocol prototype provenance provider proxy quality query queue quorum quota ranking
rate readiness recall recipe record recovery region registry regression regulator release replica report repository
request residency resource response retention retrospective review revision risk roadmap rollback rollout router
routine rubric runbook runtime sample sandbox scaffold scenario schedule schema scheduler scope scorecard secret
segment sensor sequence service session shard signal simulation snapshot socket sovereignty specification sponsor stack
stage stakeholder standard statement steward storage strategy stream subnet summary supplier survey switch symptom
syndicate target taxonomy team telemetry template tenant tensor test theme thread threshold ticket timeline token
tooling topology trace trade-off traffic training transaction transformation trend trigger tunnel update upgrade
utilization validation value variant vault vector vendor verdict version vision visibility volume warehouse warning
watermark weight window workflow workload workshop workspace zone
""")

VERBS = _words("""
adapt align allocate analyze annotate anticipate apply appraise approve arrange articulate assemble assess assign
audit automate balance benchmark budget build calibrate capture certify challenge chart choose clarify classify coach
collect combine commission compare compile complete compose conduct configure connect consolidate construct contrast
convert coordinate craft critique curate debug decide decompose defend define delegate deliver demonstrate deploy derive
describe design detect develop diagnose direct document draft enforce establish estimate evaluate examine execute
explain explore expose facilitate federate forecast formulate govern group harden identify illustrate implement improve
inspect instrument integrate interpret inventory investigate isolate justify launch lead locate maintain manage map
measure mediate mentor migrate mitigate model moderate monitor negotiate normalize observe operate optimize orchestrate
organize outline partition pilot plan present prevent prioritize profile propose prototype provision publish quantify
rank reconcile recover refactor refine rehearse replace replicate report reproduce resolve restore retire review revise
rotate route sample scale schedule secure segment select sequence shape simulate sketch specify stabilize standardize
stage summarize synthesize test trace track train transform translate troubleshoot tune update validate verify visualize
weigh
""")

_JOINTS = _words("with for across under without before after against within beyond through and")
_SYLLABLES = _words("""
al an ar bel bor cal cen cor da del dor el en fal fen gar gen hal hel in jor kal ken lan lor mar men nal nor or pal per
quin ral ren sal sen tal ten ul van vel wen xan yor zan zen
""")


class Author:
    """Writes words, phrases and sentences from a seed; the same seed writes the same text on any machine."""

    def __init__(self, seed: str, names: list[str] | None = None) -> None:
        self.random = Random(seed)
        self._names = names or []

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.random.random() < probability

    def number(self, first: int, last: int) -> int:
        """Return a whole number between two, both included."""
        return self.random.randint(first, last)

    def one_of(self, *choices: str) -> str:
        """Return one of the choices."""
        return self.random.choice(choices)

    def name(self) -> str:
        """Return an invented proper name, such as a product would have."""
        return "".join(self.random.choice(_SYLLABLES) for _ in range(self.number(2, 3))).capitalize()

    def noun(self) -> str:
        """Return a noun, now and then an invented name of the track's own."""
        if self._names and self.chance(0.08):
            return self.random.choice(self._names)
        return self.random.choice(NOUNS)

    def phrase(self) -> str:
        """Return a noun phrase of two or three words."""
        first = self.random.choice(ADJECTIVES) if self.chance(0.7) else self.noun()
        return " ".join([first, self.noun(), self.noun()] if self.chance(0.35) else [first, self.noun()])

    def phrases(self, count: int) -> str:
        """Return noun phrases, separated by commas."""
        return ", ".join(self.phrase() for _ in range(count))

    def title(self) -> str:
        """Return a phrase as a title, at times of two parts."""
        title = " ".join(word.capitalize() for word in self.phrase().split())
        return f"{title} & {self.noun().capitalize()}" if self.chance(0.4) else title

    def slug(self) -> str:
        """Return a phrase as an identifier's words."""
        return f"{self.random.choice(NOUNS)}-{self.random.choice(NOUNS)}"

    def sentence(self) -> str:
        """Return a sentence of six to eleven words; one in ten has markup in it."""
        verb, joint = self.random.choice(VERBS).capitalize(), self.random.choice(_JOINTS)
        return f"{verb} {self.phrases(self.number(1, 2))} {joint} {self.at_times_marked(0.1)}."

    def at_times_marked(self, probability: float) -> str:
        """Return a phrase, with this probability marked up."""
        return self.marked(self.phrase()) if self.chance(probability) else self.phrase()

    def marked(self, text: str) -> str:
        """Return a text as bold, as emphasis, as code or as a link."""
        kind = self.random.random()
        if kind < 0.35:
            return f"**{text}**"
        if kind < 0.5:
            return f"*{text}*"
        if kind < 0.85:
            return f"`{text.replace(' ', '_')}`"
        return f"[{text}](https://example.org/{self.slug()})"

    def sentences(self, least: int, most: int) -> list[str]:
        """Return between so many and so many sentences."""
        return [self.sentence() for _ in range(self.number(least, most))]
