import { EnrolmentsView, LogView, OwnPatientSearchResult } from '@anw/api-contracts';
import { logIn, type Region, type StaffSession } from '@anw/region';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { runLogTool } from './support/log-tool.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

const minutes = 60_000;

describe('NEN 7513 log of a custodian', () => {
  let region: Region;
  let network: PartnerNetwork;
  let linde: AskedCustodian;
  let strangers: Strangers;
  let officer: StaffSession;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    network = await openPartnerNetwork(region);
    linde = custodianNamed(region, 'de-linde');
    strangers = await introduceStrangers(network, linde);
    const token = await obtainToken(strangers);
    expect((await askFhir(strangers, token, bloodPressuresOf(linde.patient))).status).toBe(200);
    expect((await askFhir(strangers, token, 'Observation')).status).not.toBe(200);
    officer = await staff('de-linde', 'privacy-officer');
  });
  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

  function staff(organisation: string, role: string): Promise<StaffSession> {
    const user = region.file.oidc.users.find((candidate) => candidate.organisation === organisation && candidate.roles.includes(role))!;
    return logIn({ staffUrl: region.file.services.custodian.staff, username: user.username, password: user.password });
  }
  const list = async (query: string, session = officer) => LogView.parse(await (await session.request('GET', `/api/log?purpose=complaint${query.replace('?', '&')}`)).json());

  describe('at the staff door', () => {
    it('tells per client who saw what, for which organisation, why, through which regisseur and when', async () => {
      const { items, retentionYears } = await list(`?patient=${linde.patient}&actor=${encodeURIComponent(strangers.actor.did)}&outcome=success`);
      const search = items.find(({ event }) => event === 'fhir.search');
      expect(search).toMatchObject({
        what: 'Gezocht in het dossier: metingen en rapportages',
        outcome: { code: 'success', text: 'Gelukt' },
        why: 'Avond-, nacht- en weekendzorg, op grond van een autorisatie van regisseur regie-west',
        patient: linde.patient,
        practitioner: { identifier: 'e-77', name: 'V. Reemd', roleName: 'Verpleegkundige' },
        // As their own verified credentials call them.
        actor: { did: strangers.actor.did, name: 'nachtzorg' },
        regisseur: { did: strangers.regisseur.did, name: 'regie-west' },
      });
      expect(Date.now() - Date.parse(search!.at)).toBeLessThan(10 * minutes);
      expect(search!.resources.length).toBeGreaterThan(0);
      expect(retentionYears).toBe(20);
    });

    it('finds refusals as well, and by practitioner and period', async () => {
      const refused = await list('?practitioner=e-77&outcome=minor-failure');
      expect(refused.items.concat((await list('?practitioner=e-77&outcome=serious-failure')).items)).toContainEqual(expect.objectContaining({ event: 'fhir.refused' }));
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      expect((await list(`?from=${tomorrow}`)).items).toEqual([]);
      expect((await list(`?practitioner=e-77&until=${tomorrow}`)).items.length).toBeGreaterThan(0);
    });

    it('has in it who read it, and what she asked', async () => {
      await list(`?patient=${linde.patient}&outcome=success`);
      const { items } = await list(`?patient=${linde.patient}`);
      expect(items[0]).toMatchObject({ event: 'log.read', patient: linde.patient, query: 'log?purpose=complaint&outcome=success', practitioner: { identifier: 'l-110' } });
    });

    it('goes on page after page without losing or doubling a row, though reading it adds rows', async () => {
      const token = await obtainToken(strangers);
      for (let search = 0; search < 60; search += 1) await askFhir(strangers, token, bloodPressuresOf(linde.patient));
      const seen: string[] = [];
      const until = new Date().toISOString();
      for (let page: string | undefined = ''; page !== undefined; ) {
        const { items, next }: LogView = await list(`?until=${until}${page === '' ? '' : `&page=${page}`}`);
        seen.push(...items.map(({ id }) => id));
        page = next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(50);
    });

    it('reads as FHIR AuditEvents', async () => {
      const response = await officer.request('GET', `/api/log/fhir?purpose=complaint&patient=${linde.patient}&actor=${encodeURIComponent(strangers.actor.did)}`);
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'application/fhir+json; charset=utf-8', 'no-store']);
      const bundle = (await response.json()) as { entry: { resource: { meta?: { profile: string[] }; agent: { who: { display?: string }; policy?: string[] }[] } }[] };
      expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
      const names = bundle.entry.flatMap(({ resource }) => resource.agent.map(({ who }) => who.display));
      expect(names).toEqual(expect.arrayContaining(['nachtzorg', 'regie-west', 'Thuiszorg De Linde']));
      const policies = bundle.entry.flatMap(({ resource }) => resource.agent.flatMap(({ policy = [] }) => policy));
      expect(policies).toEqual(expect.arrayContaining([expect.stringContaining(`${strangers.regisseur.did}#`), expect.stringMatching(/^urn:ietf:params:oauth:jti:[0-9a-f-]{36}$/)]));
      expect(bundle.entry.flatMap(({ resource }) => resource.meta?.profile ?? [])).toContain('https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientQuery');
    });

    it('can be handed over as CSV and as FHIR Bundle, which is in the log', async () => {
      const csv = await officer.request('GET', `/api/log/export?purpose=client-request&format=csv&patient=${linde.patient}`);
      expect([csv.headers.get('content-type'), csv.headers.get('content-disposition')]).toEqual(['text/csv; charset=utf-8; header=present', expect.stringMatching(/^attachment; filename="logboek-de-linde-\d{4}-\d\d-\d\d\.csv"$/)]);
      expect((await csv.text()).split('\r\n')[0]).toMatch(/^\uFEFF?Tijdstip;/);
      expect(await (await officer.request('GET', '/api/log/export?purpose=complaint&format=fhir')).json()).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
      expect((await list('')).items[0]).toMatchObject({ event: 'log.exported', what: 'Logboek geëxporteerd' });
    });

    it('has who looked at which list: a row for each client who was shown, one where none is, and no more while she looks', async () => {
      const manager = await staff('de-linde', 'application-manager');
      const before = new Date().toISOString();
      const paths = ['/api/enrolments?show=all', '/api/allowlist', '/api/changes', '/api/partners'];
      for (const path of [...paths, ...paths]) expect((await manager.request('GET', path)).status).toBe(200);
      const { enrolments } = EnrolmentsView.parse(await (await manager.request('GET', '/api/enrolments?show=all')).json());
      const looked = async (event: string, more = '') => (await list(`?from=${before}&event=${event}${more}`)).items;
      expect((await looked('enrolment.read')).map(({ patient }) => patient).toSorted()).toEqual([...new Set(enrolments.map(({ patient }) => patient.id))].toSorted());
      expect((await looked('enrolment.read', `&patient=${linde.patient}`)).map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/bekeek applicatiebeheerder .+ de aanmelding voor de ANW-zorg \(cliënt .+, linde-1001\)\.$/)]);
      for (const event of ['allowlist.read', 'planned-changes.read', 'partners.read']) {
        const byManager = (await looked(event)).filter(({ practitioner }) => practitioner !== undefined);
        expect(byManager).toMatchObject([{ event, outcome: { code: 'success' } }]);
        expect(byManager[0]).not.toHaveProperty('patient');
      }
    });

    it('is found by regisseur, and by a client of whom one knows the name or the birth date', async () => {
      const { items } = await list(`?regisseur=${encodeURIComponent(strangers.regisseur.did)}&event=fhir.search`);
      expect(items.length).toBeGreaterThan(0);
      expect(new Set(items.map(({ regisseur }) => regisseur?.did))).toEqual(new Set([strangers.regisseur.did]));
      const { familyName, birthDate } = region.file.patients.find(({ id }) => id === linde.patient)!;
      const search = async (body: object, session = officer) => session.request('POST', '/api/patients/search', body);
      for (const query of [{ name: familyName.toUpperCase() }, { birthDate, name: '' }, { name: familyName, birthDate }]) {
        expect(OwnPatientSearchResult.parse(await (await search(query)).json()).patients).toContainEqual(expect.objectContaining({ id: linde.patient, birthDate, inCare: true }));
      }
      expect(await (await search({ name: familyName }, await staff('vecht', 'privacy-officer'))).json()).toEqual({ patients: [], more: false });
      const [found] = (await list(`?patient=${linde.patient}&event=patient.searched&practitioner=l-110`)).items;
      expect(found).toMatchObject({ query: 'by name and birth date' });
      expect((await list(`?patient=${linde.patient}`)).patient).toMatchObject({ id: linde.patient, birthDate });
    });

    it.each([{}, { name: '', birthDate: '' }, { name: 'x' }, { birthDate: '31-12-1940' }, { name: 'Bos', bsn: '123456782' }])('refuses to look for a client by %j', async (query) => {
      const answer = await officer.request('POST', '/api/patients/search', query);
      expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ errors: [expect.objectContaining({ detail: expect.stringMatching(/^[A-Z].+/) })] })]);
    });

    it('is for the privacy officer of that organisation, and for nobody else', async () => {
      const manager = await staff('de-linde', 'application-manager');
      for (const path of ['', '/fhir', '/export?format=csv']) expect((await manager.request('GET', `/api/log${path}`)).status).toBe(403);
      const other = await staff('vecht', 'privacy-officer');
      expect((await list(`?patient=${linde.patient}&actor=${encodeURIComponent(strangers.actor.did)}`, other)).items).toEqual([]);
    });

    it.each(['', '?purpose=curious', '?purpose=complaint&page=abc', '?purpose=complaint&patient=..%2F', '?purpose=complaint&outcome=perhaps', '?purpose=complaint&event=fhir.none', '?purpose=complaint&from=yesterday', '?purpose=complaint&bsn=123456782', '/export?purpose=complaint&format=xml', '/export?purpose=complaint'])('refuses %s', async (query) => {
      expect((await officer.request('GET', `/api/log${query}`)).status).toBe(400);
    });
  });

  it('holds no BSN and no clinical content', async () => {
    const text = await (await officer.request('GET', '/api/log/export?purpose=complaint&format=fhir')).text();
    for (const { bsn, familyName } of region.file.patients) {
      if (bsn !== undefined) expect(text).not.toContain(bsn);
      expect(text).not.toContain(familyName);
    }
    expect(text).not.toContain('mm[Hg]');
  });

  describe('verify-log', () => {
    const databaseUrl = () => region.file.database.services.custodian.url;
    const verify = (...options: string[]) => runLogTool('verify-log', '--organisation', 'de-linde', '--database', databaseUrl(), ...options);

    it('tells that the log holds, with exit code 0, once it has been sealed and signed', async () => {
      const report = await eventually(async () => {
        const { code, output } = await verify('--json');
        const found = JSON.parse(output) as { holds: boolean; sealedRows: number; heads: number };
        return code === 0 && found.sealedRows > 0 && found.heads > 0 ? found : undefined;
      });
      expect(report.holds).toBe(true);
      expect((await verify()).output).toMatch(/^The log of Thuiszorg De Linde \(de-linde\) holds\.\n\d+ rows in \d+ links are as they were sealed\.\n/);
    });

    it('tells with exit code 2 that it could not establish anything', async () => {
      expect(await runLogTool('verify-log', '--organisation', 'nowhere', '--database', databaseUrl())).toMatchObject({ code: 2 });
      expect(await runLogTool('verify-log', '--organisation', 'de-linde', '--database', 'postgres://nobody:x@127.0.0.1:1/none')).toMatchObject({ code: 2 });
      expect(await runLogTool('verify-log')).toMatchObject({ code: 2 });
      expect(await verify('--end', 'x')).toMatchObject({ code: 2 });
    });

    it('finds that the chain does not contain an end that was written down elsewhere', async () => {
      expect(await verify('--end', `1:${Buffer.alloc(32).toString('base64url')}`)).toMatchObject({ code: 1, output: expect.stringMatching(/BROKEN at row \d+: from there on the chain is not the one that the organisation signed \(link 1\)/) });
    });

    it('names the first broken row, with exit code 1, after a superuser changed it behind the back of the log', async () => {
      const sequence = await tamper();
      const { code, output } = await verify();
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`^The log of Thuiszorg De Linde \\(de-linde\\) is BROKEN at row ${sequence}: it was changed after it was sealed \\(link \\d+\\)\\.\n`));
      expect(await runLogTool('verify-log', '--organisation', 'vecht', '--database', databaseUrl())).toMatchObject({ code: 0 });
    });

    it('has a companion that tells what could go, and deletes nothing', async () => {
      expect(await runLogTool('log-retention', '--organisation', 'de-linde', '--database', databaseUrl())).toMatchObject({ code: 0, output: expect.stringMatching(/is kept for 20 years\.\nNo row is from before \d{4}-\d\d-\d\d: nothing could go\.\n$/) });
    });

    /** @returns the number of the row */
    async function tamper(): Promise<string> {
      const url = Object.assign(new URL(region.file.database.server), { pathname: new URL(databaseUrl()).pathname }).toString();
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        await client.query('SET session_replication_role = replica');
        const { rows } = await client.query<{ sequence: string }>(
          `UPDATE audit_event SET practitioner_name = 'J. Onbekend' WHERE sequence = (SELECT min(sequence) FROM audit_event WHERE name = 'fhir.search' AND actor = $1) RETURNING sequence`,
          [strangers.actor.did],
        );
        return rows[0]!.sequence;
      } finally {
        await client.end();
      }
    }
  });
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + minutes;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error('did not happen within a minute');
    await sleep(200);
  }
}
