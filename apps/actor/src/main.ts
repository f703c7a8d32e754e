import 'reflect-metadata';
import { runService, ServiceLogger } from '@anw/platform';
import { serviceTransport } from '@anw/service-core';
import { readActorConfig } from './config.js';
import { actorConnectSteps, actorCore, actorTokens } from './core/actor-core.js';
import { ActorOperatorDoor, ActorPartnerDoor, ActorStaffDoor } from './doors.js';
import { softwareVersion } from './software-version.js';

await runService((environment) => {
  const config = readActorConfig(environment);
  const { partner, staff, operator } = config.doors;
  return {
    name: 'actor',
    version: softwareVersion,
    logger: new ServiceLogger('actor', config.logging),
    core: actorCore(config),
    transport: serviceTransport,
    bridge: actorTokens,
    doors: {
      partner: { ...partner, module: ActorPartnerDoor, tls: config.partnerTls },
      staff: { ...staff, module: ActorStaffDoor.with(config) },
      operator: { ...operator, module: ActorOperatorDoor },
    },
    connect: actorConnectSteps,
  };
});
