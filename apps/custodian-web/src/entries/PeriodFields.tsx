import { DateTimeField, toInstant } from '@anw/web-ui';

export interface PeriodValues {
  readonly validFrom: string;
  readonly validUntil: string;
}

export const emptyPeriod: PeriodValues = { validFrom: '', validUntil: '' };

/** From when until when; left empty: from now, until somebody ends it. */
export function PeriodFields() {
  return (
    <div className="custodian-period">
      <DateTimeField name="validFrom" label="Vanaf" hint="Leeg: vanaf nu." />
      <DateTimeField name="validUntil" label="Tot" hint="Leeg: tot iemand het beëindigt." />
    </div>
  );
}

/** As the service takes it. */
export function toPeriod({ validFrom, validUntil }: PeriodValues): { readonly validFrom?: string; readonly validUntil?: string } {
  const [from, until] = [toInstant(validFrom), toInstant(validUntil)];
  return { ...(from !== undefined && { validFrom: from }), ...(until !== undefined && { validUntil: until }) };
}
