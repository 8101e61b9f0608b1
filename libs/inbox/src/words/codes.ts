/** The code lists that the page shows or lets choose from. A spec holds them against the lists of the domain. */

/** Names of codes of one list, in the order in which they are offered. */
export type Names = Readonly<Record<string, string>>;

export interface CodeNames {
  /** What is waited for. */
  readonly duties: Names;
  readonly services: Names;
  readonly priorities: Names;
  readonly ageBands: Names;
  readonly sexes: Names;
  readonly regions: Names;
  readonly riskLevels: Names;
  readonly accessibility: Names;
  readonly precautions: Names;
  readonly referralStatus: Names;
  readonly serviceStatus: Names;
  readonly declineReasons: Names;
  readonly escorts: Names;
  readonly agreements: Names;
  readonly feedback: Names;
  readonly outcomes: Names;
}
export type CodeList = keyof CodeNames;
