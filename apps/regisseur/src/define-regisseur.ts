import { JetStreamTransport } from '@anw/jetstream';
import { type Environment, readConfig, type ServiceDefinition, ServiceLogger, serviceSettings } from '@anw/platform';
import { serviceConnectSteps } from '@anw/service-core';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { regisseurCore, regisseurTokens } from './core/regisseur-core.js';
import { RegisseurOperatorDoorModule } from './operator-door/regisseur-operator-door.module.js';
import { RegisseurPartnerDoorModule } from './partner-door/regisseur-partner-door.module.js';
import { RegisseurStaffDoorModule } from './staff-door/regisseur-staff-door.module.js';

/** The regisseur as its environment describes it. @throws ConfigurationError */
export function defineRegisseur(environment: Environment): ServiceDefinition {
  const config = readConfig(environment, serviceSettings);
  const { partner, staff, operator } = config.doors;
  return {
    name: 'regisseur',
    version: ownVersion(),
    logger: new ServiceLogger('regisseur', config.logging),
    core: regisseurCore(config),
    transport: JetStreamTransport,
    bridge: regisseurTokens,
    connect: serviceConnectSteps,
    doors: {
      partner: { module: RegisseurPartnerDoorModule, listen: partner.listen, url: partner.url, tls: config.partnerTls },
      staff: { module: RegisseurStaffDoorModule.with({ oidc: config.oidc, url: staff.url }), listen: staff.listen, url: staff.url },
      operator: { module: RegisseurOperatorDoorModule, listen: operator.listen },
    },
  };
}

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.looseObject({ version: z.string() }).parse(JSON.parse(text)).version;
}
