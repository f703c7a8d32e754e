import type { ExplainedCheck } from '@anw/api-contracts';

/** Who must do something, and what. */
export function Repair({ who, what }: NonNullable<ExplainedCheck['repair']>) {
  return (
    <p className="nl-paragraph custodian-repair">
      <strong>Wie moet iets doen: {who}.</strong> {what}
    </p>
  );
}
