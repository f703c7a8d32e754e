import { createBitstring, createStatusEntries, issueStatusList, STATUS_LIST_SECONDS, statusListUrl, type StatusListForm } from '@anw/credentials';
import type { TestPartner } from '@anw/testing';
import { DidUrl } from '@anw/values';
import { randomUUID } from 'node:crypto';

/** A page of a partner's status lists beside its first one. Every edition served ends after a few seconds, so that nobody may keep it for long. */
export interface StatusPage {
  /** Both entries of the credential at this index. */
  entriesAt(index: number): readonly object[];
  revoke(index: number): void;
}

const forms = ['StatusList2021', 'BitstringStatusList'] as const satisfies readonly StatusListForm[];

/** @param page from 2; the partner itself serves the first */
export function serveStatusPage(partner: TestPartner, page: number, secondsToLive = 2): StatusPage {
  const base = { door: partner.url, uuid: partner.organisation.id };
  const revoked = new Set<number>();
  const answerElse = partner.answer;
  partner.answer = async (request) => {
    const form = forms.find((candidate) => statusListUrl(candidate, base, page) === partner.url + request.path);
    if (form === undefined) return answerElse(request);
    const issuedAt = new Date(Date.now() - (STATUS_LIST_SECONDS - 5 - secondsToLive) * 1000);
    const id = DidUrl.parse(`${partner.did}#${randomUUID()}`);
    return { status: 200, body: await issueStatusList(partner.signer, { form, url: partner.url + request.path, id, bits: createBitstring(revoked), now: issuedAt }) };
  };
  return { entriesAt: (index) => createStatusEntries(base, { page, index }), revoke: (index) => void revoked.add(index) };
}
