import { issueStatusList, STATUS_LIST_SECONDS, statusListUrl } from '@anw/credentials';
import type { Signers } from '@anw/identity';
import { CredentialStatusTable, Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, type StatusListKind, StatusLists } from '@anw/platform';
import { type Clock, DidUrl, type OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';

import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';
import { PARTNER_URL } from './partner-url.js';

/** An edition is signed anew when a quarter of its day is over, long before a verifier that keeps it runs out. */
const EDITION_SECONDS = STATUS_LIST_SECONDS / 4;
const MAX_EDITIONS = 200;

/** What one page says, signed with one key. */
interface Edition {
  readonly text: string;
  readonly bits: string;
  readonly kid: DidUrl;
  readonly signedAt: Date;
}

/**
 * The status lists of this service's organisations. The bits are read at each request, so that a revocation shows at once;
 * only the signature over unchanged bits is kept.
 */
@Injectable()
export class OrganisationStatusLists extends StatusLists {
  private readonly editions = new Map<string, Edition>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly signers: Signers,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async listOf(id: OrganisationId, page: number, form: StatusListKind): Promise<string | undefined> {
    const organisation = await this.directory.findById(id);
    if (organisation === undefined) return undefined;
    const bits = await this.database.withOrganisation(id, (tx) => new CredentialStatusTable(tx).bitsOf(page));
    if (bits === undefined) return undefined;
    const signer = await this.signers.signerFor(organisation.did);
    const url = statusListUrl(form, { door: this.door, uuid: id }, page);
    const current = { bits: createHash('sha256').update(bits).digest('base64url'), kid: signer.kid, signedAt: this.clock() };
    const known = this.editions.get(url);
    if (known !== undefined && isCurrent(known, current)) return known.text;
    const text = await issueStatusList(signer, { form, url, id: DidUrl.parse(`${organisation.did}#${randomUUID()}`), bits, now: current.signedAt });
    this.keep(url, { ...current, text });
    return text;
  }

  /** The page that was signed longest ago goes first. */
  private keep(url: string, edition: Edition): void {
    this.editions.delete(url);
    this.editions.set(url, edition);
    if (this.editions.size > MAX_EDITIONS) this.editions.delete(this.editions.keys().next().value!);
  }
}

function isCurrent(known: Edition, { bits, kid, signedAt }: Omit<Edition, 'text'>): boolean {
  const age = signedAt.getTime() - known.signedAt.getTime();
  return known.bits === bits && known.kid === kid && age >= 0 && age < EDITION_SECONDS * 1000;
}
