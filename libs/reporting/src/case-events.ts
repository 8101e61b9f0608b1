/** The data of every event of a case, by type: as the stages declare them, and types only. */
import type { STAGES } from '#casework';
import type { StageEvents } from '#kernel';

type Decided = StageEvents<(typeof STAGES)[number]>;
export type CaseEvents = { readonly [D in Decided as D['type']]: D['data'] };

/** The events that a projection of cases names. */
export type CaseEventsNamed<Types extends keyof CaseEvents> = Pick<CaseEvents, Types>;
