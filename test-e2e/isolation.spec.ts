import type { Region, ServiceName } from '@anw/region';
import { Client } from 'pg';
import { askFhir, bloodPressuresOf, type FhirAnswer } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

describe('isolation of organisations and patients', () => {
  let region: Region;
  let network: PartnerNetwork;
  let linde: AskedCustodian;
  let vecht: AskedCustodian;
  let strangers: Strangers;
  let token: string;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    network = await openPartnerNetwork(region);
    [linde, vecht] = [custodianNamed(region, 'de-linde'), custodianNamed(region, 'vecht')];
    strangers = await introduceStrangers(network, linde);
    token = await obtainToken(strangers);
  });

  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

  describe('at the FHIR endpoint, with a good token for one patient of one custodian', () => {
    const ask = (path: string): Promise<FhirAnswer> => askFhir(strangers, token, path);

    /** What is left to see when the reference, new at each answer, is taken out. */
    function seen({ status, headers, body: { id, ...rest } }: FhirAnswer) {
      expect(id).toEqual(expect.stringMatching(/^[0-9a-f-]{36}$/));
      return { status, cache: headers.get('cache-control'), challenge: headers.get('www-authenticate'), body: rest };
    }

    const otherPatient = (): string => {
      const other = region.file.patients.find(({ custodian, id }) => custodian === linde.name && id !== linde.patient);
      if (other === undefined) throw new Error('the custodian has one patient only');
      return other.id;
    };

    it('shows the patient of the token', async () => {
      expect((await ask(`Patient/${linde.patient}`)).status).toBe(200);
    });

    it.each([
      ['a read', (patient: string) => `Patient/${patient}`],
      ['a search', bloodPressuresOf],
      ['a search for the patient herself', (patient: string) => `Patient?_id=${patient}&_include=Patient:general-practitioner&_include:iterate=PractitionerRole:organization`],
    ])('answers %s about another patient the same whether she is in care here, at another custodian, or nowhere', async (_what, about) => {
      const answers = await Promise.all([otherPatient(), vecht.patient, 'nobody-of-that-name'].map(async (patient) => seen(await ask(about(patient)))));
      const refusal = { status: 403, cache: 'no-store', challenge: null, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden', details: { text: 'Geen toegang.' } }] } };
      expect(answers).toEqual([refusal, refusal, refusal]);
    });

    it('answers a read of a measurement the same whether it is another’s, hers but written under no authorization of this actor, or not there', async () => {
      const [hers] = await onDatabase(superuserUrl('custodian'), (client) => idsOf(client, linde.patient));
      const [others] = await onDatabase(superuserUrl('custodian'), (client) => idsOf(client, vecht.patient));
      expect([typeof hers, typeof others]).toEqual(['string', 'string']);
      const answers = await Promise.all([hers, others, 'no-such-observation'].map(async (id) => seen(await ask(`Observation/${id}`))));
      const absent = { status: 404, cache: 'no-store', challenge: null, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found', details: { text: 'Geen toegang.' } }] } };
      expect(answers).toEqual([absent, absent, absent]);
    });

    it('knows the token at no other organisation of the same service, not even for a patient who is in care there', async () => {
      const answers = await Promise.all([linde.patient, vecht.patient].map(async (patient) => seen(await askFhir({ ...strangers, custodian: vecht }, token, bloodPressuresOf(patient)))));
      expect(answers.map(({ status, challenge }) => [status, challenge])).toEqual([[401, 'Bearer error="invalid_token"'], [401, 'Bearer error="invalid_token"']]);
      expect(answers[0]).toEqual(answers[1]);
    });

    it('knows no organisation of a name that nobody has', async () => {
      expect((await askFhir({ ...strangers, custodian: { ...linde, name: 'de-wilg' } }, token, bloodPressuresOf(linde.patient))).status).toBe(404);
    });
  });

  describe('at the operator door', () => {
    it('finds the allowlist row and the enrolment of one organisation under no other', async () => {
      const operator = region.service('custodian').urls.operator;
      for (const path of [`allowlist/${strangers.row}`, `enrolments/${strangers.enrolment}`]) {
        expect((await fetch(`${operator}/operator/organisations/${vecht.name}/${path}`, { method: 'DELETE' })).status).toBe(404);
      }
      expect((await askFhir(strangers, token, bloodPressuresOf(linde.patient))).status).toBe(200);
    });
  });

  describe.each(['regisseur', 'custodian', 'actor'] as const)('in the database of the %s', (service) => {
    it('locks every table that holds rows of organisations to the organisation of the transaction, its owner included', async () => {
      const tables = await onDatabase(superuserUrl(service), (client) =>
        rowsOf<{ table: string; locked: boolean; forced: boolean; policies: string[] }>(
          client,
          `SELECT c.relname AS "table", c.relrowsecurity AS locked, c.relforcerowsecurity AS forced,
                  array(SELECT p.polname::text || ' ' || p.polcmd::text || ' ' || p.polpermissive::text FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
        ),
      );
      expect(tables.length).toBeGreaterThan(5);
      // One policy for all commands that lets rows through: a second could only widen it, what restricts it cannot.
      const letThrough = (policies: readonly string[]) => policies.filter((policy) => policy.endsWith(' true')).join();
      expect(tables.filter(({ locked, forced, policies }) => !locked || !forced || letThrough(policies) !== 'organisation * true')).toEqual([]);
    });

    it('keeps nothing outside those tables but which migrations were applied', async () => {
      const others = await onDatabase(superuserUrl(service), (client) =>
        rowsOf<{ table: string }>(
          client,
          `SELECT c.relname AS "table" FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = 'public'::regnamespace
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped) ORDER BY 1`,
        ),
      );
      expect(others.map(({ table }) => table)).toEqual(['migration']);
    });

    it('lets the service in as a role that no lock makes way for', async () => {
      const [role] = await onDatabase(applicationUrl(service), (client) =>
        rowsOf(client, `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns FROM pg_roles r WHERE rolname = current_user`),
      );
      expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: false });
    });

    it('shows the service nothing before it has said for which organisation it works', async () => {
      expect(await onDatabase(applicationUrl(service), visibleOrganisations)).toEqual([]);
    });

    it('shows the rows of the organisation it works for and of no other', async () => {
      for (const organisation of organisationsOf(service)) {
        const visible = await onDatabase(applicationUrl(service), async (client) => {
          await client.query(`SELECT set_config('anw.organisation', $1, false)`, [organisation]);
          return visibleOrganisations(client);
        });
        expect(visible).toEqual([organisation]);
      }
    });

    it('takes no row for another organisation', async () => {
      const [own] = organisationsOf(service);
      const another = '00000000-0000-4000-8000-000000000001';
      const attempt = onDatabase(applicationUrl(service), async (client) => {
        await client.query(`SELECT set_config('anw.organisation', $1, false)`, [own]);
        await client.query(`INSERT INTO presentation_nonce (organisation_id, holder, nonce, forget_after) VALUES ($1, 'did:web:holder.example', 'nonce', now())`, [another]);
      });
      await expect(attempt).rejects.toThrow('row-level security');
    });
  });

  function applicationUrl(service: ServiceName): string {
    return region.file.database.services[service].url;
  }

  /** Behind the back of every lock. */
  function superuserUrl(service: ServiceName): string {
    return Object.assign(new URL(region.file.database.server), { pathname: new URL(applicationUrl(service)).pathname }).toString();
  }

  function organisationsOf(service: ServiceName): string[] {
    return region.file.organisations.filter((organisation) => organisation.service === service).map(({ did }) => did.split(':').at(-1)!);
  }
});

async function onDatabase<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function rowsOf<Row>(client: Client, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return (await client.query(sql, [...parameters])).rows as Row[];
}

async function idsOf(client: Client, patient: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, `SELECT id FROM fhir_resource WHERE type = 'Observation' AND patient_id = $1 ORDER BY id`, [patient]);
  return rows.map(({ id }) => id);
}

/** Whose rows this connection sees, over every table that it may read. */
async function visibleOrganisations(client: Client): Promise<string[]> {
  const tables = await rowsOf<{ table: string }>(
    client,
    `SELECT c.relname AS "table" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, 'SELECT')`,
  );
  const seen = new Set<string>();
  for (const { table } of tables) for (const { organisation } of await rowsOf<{ organisation: string }>(client, `SELECT DISTINCT organisation_id::text AS organisation FROM ${client.escapeIdentifier(table)}`)) seen.add(organisation);
  return [...seen].sort();
}
