import { anw2022Resources, homeAccessResource } from '@anw/authorization';
import { ANW_HOME_ACCESS_SCOPE } from '@anw/credentials';
import { HOME_ACCESS_REASON_HEADER } from '@anw/fhir';
import type { Region } from '@anw/region';
import { HomeAccessId, homeAccessReasons } from '@anw/values';
import { z } from 'zod';
import { holdToken, showToken } from '../support/held-token.js';
import { authorizationOf, employeeOf, organisationOf } from '../support/stranger-credentials.js';
import type { Strangers } from '../support/strangers.js';

const description = 'Sleutelkluis naast de achterdeur, code 2468.';

/** The organisation's own system loads how to get in. @returns the opaque id of it */
export async function keepHomeAccess(region: Region, { custodian }: Strangers): Promise<HomeAccessId> {
  const url = `${region.service('custodian').urls.operator}/operator/organisations/${custodian.name}/home-access/${custodian.patient}`;
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ resourceType: 'Location', description }) });
  if (response.status !== 200) throw new Error(`the home access is not kept: ${response.status}`);
  return z.object({ id: HomeAccessId }).parse(await response.json()).id;
}

/** Asks for it as a nurse at the door does: on a token of its own, with a reason. @throws Error when it is not told */
export async function revealHomeAccess(strangers: Strangers, id: HomeAccessId): Promise<void> {
  const { actor, custodian, fetch } = strangers;
  const authorization = await authorizationOf(strangers, { resources: [...anw2022Resources, homeAccessResource(id)] });
  const credentials = [await organisationOf(actor), await employeeOf(actor), authorization];
  const token = await holdToken({ by: actor, fetch, at: custodian.issuer, scope: ANW_HOME_ACCESS_SCOPE, credentials });
  const url = `${custodian.door}/fhir/${custodian.name}/Location/${id}`;
  const { status, text } = await showToken(token, { method: 'GET', url, headers: { [HOME_ACCESS_REASON_HEADER]: homeAccessReasons[0] } });
  if (status !== 200 || !text.includes(description)) throw new Error(`the home access is answered with ${status}`);
}
