import { AccessSettings } from '@anw/authorization';
import { createOperatorClient, type Region } from '@anw/region';
import { DecisionView } from '@anw/api-contracts';
import { DidUrl, PatientHandle, type ValidityPeriod } from '@anw/values';
import { z } from 'zod';

const Row = z.looseObject({ id: z.uuid() });
const Enrolment = z.looseObject({ id: z.uuid(), handle: PatientHandle });
const LogRow = z.looseObject({ name: z.string(), outcome: z.string(), reason: z.string().optional(), actor: z.string().optional(), requestingSystem: z.string().optional(), authorization: DidUrl.optional(), reference: z.uuid().optional() });
const LogRows = z.object({ events: z.array(LogRow) });
export type LogRow = z.infer<typeof LogRow>;

const day = 86_400_000;

/** What the application manager and the privacy officer of one custodian do at its operator door. */
export interface CustodianOperator {
  /** Lets the regisseur authorize the actor; from yesterday, for a month, unless told otherwise. @returns the row's id */
  allow(regisseur: string, actor: string, period?: ValidityPeriod): Promise<string>;
  endRow(id: string): Promise<void>;
  enrol(patient: string, regisseur: string): Promise<z.infer<typeof Enrolment>>;
  endEnrolment(id: string): Promise<void>;
  /** What it demands from now on; the default for what is left out. */
  demand(settings: z.input<typeof AccessSettings>): Promise<void>;
  /** The row of the token that was granted on this authorization. */
  grantOf(authorization: DidUrl): Promise<LogRow>;
  /** Whether it heard that this authorization was revoked. */
  revocationOf(authorization: DidUrl): Promise<boolean>;
  decision(reference: string): Promise<DecisionView>;
  /** Every log row under one reference. */
  logRows(reference: string): Promise<readonly LogRow[]>;
}

export function operatorOf(region: Region, custodian: string): CustodianOperator {
  const base = region.service('custodian').urls.operator;
  const client = createOperatorClient(base);
  const path = `/operator/organisations/${custodian}`;
  return {
    allow: async (regisseur, actor, { from, until } = { from: new Date(Date.now() - day), until: new Date(Date.now() + 30 * day) }) => {
      const [validFrom, validUntil] = [from.toISOString(), until.toISOString()];
      return (await client.post(`${path}/allowlist`, { regisseur, actor, validFrom, validUntil }, Row)).id;
    },
    endRow: (id) => remove(`${base}${path}/allowlist/${id}`),
    enrol: (patient, regisseur) => client.post(`${path}/enrolments`, { patient, regisseur }, Enrolment),
    endEnrolment: (id) => remove(`${base}${path}/enrolments/${id}`),
    demand: async (settings) => {
      const { status } = await fetch(`${base}${path}/settings`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(settings) });
      if (status !== 200) throw new Error(`PUT settings was answered with ${status}`);
    },
    grantOf: async (authorization) => {
      const { events } = await client.get(`${path}/audit-events?name=token.granted&limit=1000`, LogRows);
      const row = events.find((event) => event.authorization === authorization);
      if (row === undefined) throw new Error('the log holds no token granted on this authorization');
      return row;
    },
    revocationOf: async (authorization) => {
      const { events } = await client.get(`${path}/audit-events?name=authorization.revoked&limit=1000`, LogRows);
      return events.some((event) => event.authorization === authorization);
    },
    decision: (reference) => client.get(`/operator/decisions/${reference}`, DecisionView),
    logRows: async (reference) => (await client.get(`${path}/audit-events?reference=${reference}`, LogRows)).events.filter(({ name }) => name !== 'decision.read'),
  };
}

async function remove(url: string): Promise<void> {
  const { status } = await fetch(url, { method: 'DELETE' });
  if (status !== 204) throw new Error(`DELETE ${url} was answered with ${status}`);
}
