import type { AssuranceInput, AssuranceView } from '@anw/api-contracts';
import type { AccessSettings } from '@anw/authorization';
import type { StaffUser } from '@anw/identity';
import { AccessSettingsTable, Database, OrganisationNameTable, type Transaction } from '@anw/persistence';
import { ProblemError } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { partyNamer } from '../entries/entry-views.js';
import { StoredAccessSettings } from './stored-access-settings.js';
import { tellPartnerDemands } from './tell-partner-demands.js';

/** How sure it must be who a nurse is, as an application manager reads and sets it; two who set it at once hear of each other. */
@Injectable()
export class AssuranceDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StoredAccessSettings) private readonly settings: StoredAccessSettings,
  ) {}

  async read({ organisationId }: Pick<StaffUser, 'organisationId'>): Promise<AssuranceView> {
    return this.database.withOrganisation(organisationId, async (tx) => this.view(tx, await new AccessSettingsTable(tx).settings()));
  }

  /**
   * Every other setting stays. Who asks for what holds already gets it, whatever she saw before: a repeat is no clash.
   * @throws ProblemError `conflict`, with what holds now, when it is not what she saw
   */
  async change(user: StaffUser, { version, minimum, homeAccess }: AssuranceInput): Promise<AssuranceView> {
    await this.settings.change(
      { id: user.organisationId },
      async (settings, tx) => {
        const now = await this.view(tx, settings);
        const { homeAccessAssuranceLevel: _before, ...others } = settings;
        const wanted = { ...others, minimumAssuranceLevel: minimum, ...(homeAccess && { homeAccessAssuranceLevel: homeAccess }) };
        if (now.version !== version && now.version !== versionOf(wanted)) throw clash(now);
        return wanted;
      },
      user.identifier,
    );
    return this.read(user);
  }

  private async view(tx: Transaction, settings: AccessSettings): Promise<AssuranceView> {
    const { minimumAssuranceLevel: minimum, homeAccessAssuranceLevel: homeAccess, fourEyes, partners } = settings;
    const party = partyNamer(await new OrganisationNameTable(tx).listNames());
    return { minimum, ...(homeAccess && { homeAccess }), fourEyes, version: versionOf(settings), partners: tellPartnerDemands(partners, party) };
  }
}

/** Of what this page sets alone: who changes another setting is in nobody's way. */
function versionOf({ minimumAssuranceLevel, homeAccessAssuranceLevel }: Pick<AccessSettings, 'minimumAssuranceLevel' | 'homeAccessAssuranceLevel'>): string {
  return createHash('sha256').update(JSON.stringify([minimumAssuranceLevel, homeAccessAssuranceLevel ?? null])).digest('base64url');
}

function clash(current: AssuranceView): ProblemError {
  return new ProblemError('conflict', { detail: 'Een ander heeft dit intussen gewijzigd. Kijk wat er nu geldt. Klopt uw keuze nog, bewaar dan opnieuw.', extensions: { current } });
}
