import type { Environment, ServiceDefinition } from '@anw/platform';
import { defineService } from '@anw/service-core';
import { fileURLToPath } from 'node:url';
import { actorConnectSteps, actorCore, actorTokens } from './app.module.js';
import { readActorConfig } from './config.js';
import { ActorOperatorDoor, ActorPartnerDoor, ActorStaffDoor } from './doors.js';

/** The actor as its environment describes it. @throws ConfigurationError with every problem */
export function defineActor(environment: Environment): ServiceDefinition {
  const config = readActorConfig(environment);
  return defineService({
    name: 'actor',
    config,
    core: actorCore(config),
    bridge: actorTokens,
    doors: { partner: ActorPartnerDoor, staff: ActorStaffDoor.with(config), operator: ActorOperatorDoor },
    pagesDirectory: fileURLToPath(new URL('../../actor-web/dist/pages', import.meta.url)),
    connect: actorConnectSteps,
  });
}
