/** Half-open stretch of time: `from` belongs to it, `until` does not. */
export interface ValidityPeriod {
  readonly from: Date;
  readonly until: Date;
}

export function contains(period: ValidityPeriod, at: Date): boolean {
  return period.from <= at && at < period.until;
}
