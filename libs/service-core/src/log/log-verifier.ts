import { type ChainBreak, type LogReport, verifyLog } from '@anw/audit';
import { createKnownVerificationKeys, type Organisation, type StaffUser } from '@anw/identity';
import { AuditLogTable, Database, LogChainTable, type OrganisationDirectory, SigningKeyTable } from '@anw/persistence';
import { type AuditSettings, CLOCK, ProblemError, retainedSince } from '@anw/platform';
import type { Clock, OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';
import { AUDIT_SETTINGS } from '../tokens.js';

/** Whether an organisation's log is as it was written, for whoever relies on it; one check at a time for each organisation. */
@Injectable()
export class LogVerifier {
  private readonly underWay = new Map<OrganisationId, Promise<LogReport>>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async verify({ organisationId, identifier, name, roleName }: StaffUser): Promise<LogReport> {
    const organisation = await this.directory.findById(organisationId);
    if (organisation === undefined) throw new ProblemError('forbidden');
    await this.database.withOrganisation(organisationId, (tx) =>
      new AuditLogTable(tx).append({ id: randomUUID(), name: 'log.read', outcome: 'success', at: this.clock(), practitioner: { identifier, name, roleName }, query: 'chain' }),
    );
    const running = this.underWay.get(organisationId) ?? this.run(organisation).finally(() => this.underWay.delete(organisationId));
    this.underWay.set(organisationId, running);
    return running;
  }

  private run({ id, did }: Organisation): Promise<LogReport> {
    return this.database.withOrganisation(id, async (tx) => {
      // One view of the log from the first link to the last row, whatever is sealed meanwhile.
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const stored = await new SigningKeyTable(tx).listKeys();
      const withdrawnKeys = new Set(stored.filter(({ state }) => state === 'withdrawn').map(({ kid }) => kid));
      return verifyLog({ organisation: id, did, chain: new LogChainTable(tx), keys: createKnownVerificationKeys(stored), withdrawnKeys, retainedSince: retainedSince(this.settings, this.clock()) });
    });
  }
}

const causes: Readonly<Record<ChainBreak['kind'], string>> = {
  'row-altered': 'is gewijzigd nadat zij was verzegeld',
  'row-missing': 'was verzegeld en is weg',
  'row-inserted': 'is er later tussen gezet',
  'link-altered': 'valt onder een schakel die is gewijzigd',
  'link-missing': 'valt onder een schakel die weg is',
  'head-contradicted': 'klopt niet met wat uw organisatie heeft ondertekend',
};

/** What was found, for the privacy officer. */
export function tellReport({ break: broken, badHead, holds, sealedRows, confirmed, heads, unsealedRows }: LogReport): string {
  const rows = (count: number) => (count === 1 ? '1 regel' : `${count.toLocaleString('nl-NL')} regels`);
  if (broken !== undefined) return `Het logboek klopt niet: regel ${broken.sequence.toLocaleString('nl-NL')} ${causes[broken.kind]}. ${rows(sealedRows)} daarvóór zijn ongewijzigd. Waarschuw uw beheerder en bewaar een kopie van de database.`;
  if (badHead !== undefined || !holds) return 'Het logboek klopt niet: een handtekening van uw organisatie onder het logboek is niet geldig. Waarschuw uw beheerder.';
  const signed = heads > 0 ? `Tot en met regel ${confirmed.through.toLocaleString('nl-NL')} bevestigt een handtekening van uw organisatie dat.` : 'Er staat nog geen handtekening onder; die komt vanzelf.';
  const young = unsealedRows > 0 ? ` ${rows(unsealedRows)} van de laatste seconden ${unsealedRows === 1 ? 'is' : 'zijn'} nog niet verzegeld.` : '';
  return `Het logboek klopt: ${rows(sealedRows)} ${sealedRows === 1 ? 'is' : 'zijn'} zoals ${sealedRows === 1 ? 'zij' : 'ze'} zijn geschreven. ${signed}${young}`;
}
