import type { Organisation, Signer } from '@anw/identity';
import { KeySuccession } from '@anw/service-core';
import { Inject, Injectable } from '@nestjs/common';
import { Allowlists } from './allowlists.js';

/** Delegations lie at regisseurs, who verify them before each use: after a key was withdrawn they need new ones. */
@Injectable()
export class DelegationSuccession extends KeySuccession {
  constructor(@Inject(Allowlists) private readonly allowlists: Allowlists) {
    super();
  }

  signAnew(organisation: Organisation, signer: Signer): Promise<void> {
    return this.allowlists.delegateAnew(organisation, signer);
  }
}
