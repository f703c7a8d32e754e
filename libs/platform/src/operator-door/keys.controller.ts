import type { OrganisationKey } from '@anw/identity';
import { DidUrl, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { Documented } from '../openapi/documented.decorator.js';
import { CurrentOperator } from './current-operator.decorator.js';

/** Signing keys of the organisations that this service acts for. Each answers undefined when there is no such organisation, or no such key. */
export abstract class KeyAdministration {
  /** Newest first, with those that were withdrawn. */
  abstract list(name: OrganisationName): Promise<readonly OrganisationKey[] | undefined>;
  /** A new key, published at once; the old one stays published. Answers the new one. */
  abstract rotate(name: OrganisationName, signFrom: Date | undefined, by: EmployeeIdentifier | undefined): Promise<OrganisationKey | undefined>;
  /** Takes a key back that leaked, and signs anew what is still needed of what it signed; answers all keys. Doing it again finishes what was left undone. */
  abstract withdraw(name: OrganisationName, kid: DidUrl, by: EmployeeIdentifier | undefined): Promise<readonly OrganisationKey[] | undefined>;
}

const keyBody = z.object({ kid: z.string(), state: z.enum(['active', 'retired', 'withdrawn']), signFrom: z.iso.datetime() });
const keysBody = z.object({ keys: z.array(keyBody) });
const params = z.object({ org: OrganisationName });
/** Nothing, or an empty object, is the hour that partners may keep a document. */
const Rotation = z.strictObject({ signFrom: z.iso.datetime({ offset: true }).optional() }).optional();
const Withdrawal = z.strictObject({ kid: DidUrl });

@Controller('operator/organisations/:org/keys')
export class KeysController {
  constructor(@Inject(KeyAdministration) private readonly keys: KeyAdministration) {}

  @Get()
  @Documented({ summary: 'The signing keys of an organisation: which signs, which are still published, which were withdrawn', request: { params }, responses: { 200: { description: 'Newest first', schema: keysBody }, 404: { description: 'No such organisation' } } })
  async list(@Param('org') org: string): Promise<z.infer<typeof keysBody>> {
    return renderAll(await this.keys.list(organisation(org)));
  }

  @Post('rotate')
  @Documented({ summary: 'A new signing key: published at once, signing after an hour unless `signFrom` says otherwise', request: { params, body: Rotation }, responses: { 201: { description: 'The new key', schema: keyBody }, 404: { description: 'No such organisation' } } })
  async rotate(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: Rotation }) rotation: z.infer<typeof Rotation>): Promise<z.infer<typeof keyBody>> {
    const signFrom = rotation?.signFrom === undefined ? undefined : new Date(rotation.signFrom);
    return render(required(await this.keys.rotate(organisation(org), signFrom, by)));
  }

  @Post('withdraw')
  @HttpCode(200)
  @Documented({
    summary: 'Withdraw a key that leaked: all it signed is worth nothing any more, and what is needed of it is signed anew. Repeat it until it is answered',
    request: { params, body: Withdrawal },
    responses: { 200: { description: 'The keys as they are now', schema: keysBody }, 404: { description: 'No such organisation or key' } },
  })
  async withdraw(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: Withdrawal }) { kid }: z.infer<typeof Withdrawal>): Promise<z.infer<typeof keysBody>> {
    return renderAll(await this.keys.withdraw(organisation(org), kid, by));
  }
}

function organisation(name: string): OrganisationName {
  const parsed = OrganisationName.safeParse(name);
  if (!parsed.success) throw new ProblemError('not-found');
  return parsed.data;
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new ProblemError('not-found');
  return found;
}

function renderAll(keys: readonly OrganisationKey[] | undefined): z.infer<typeof keysBody> {
  return { keys: required(keys).map(render) };
}

function render({ kid, state, signFrom }: OrganisationKey): z.infer<typeof keyBody> {
  return { kid, state, signFrom: signFrom.toISOString() };
}
