import type { OfferedScope } from '@anw/authorization';
import { OfferedScopes } from '@anw/service-core';
import { Injectable } from '@nestjs/common';

/** Nobody gets a token at an actor: it gives nothing, it asks. */
@Injectable()
export class ActorScopes extends OfferedScopes {
  scopesOf(): readonly OfferedScope[] {
    return [];
  }
}
