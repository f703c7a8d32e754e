import { auditSettings } from '../config/audit-settings.js';
import { busSettings } from '../config/bus-settings.js';
import { databaseSettings } from '../config/database-settings.js';
import { keySettings } from '../config/key-settings.js';
import { outboundSettings } from '../config/outbound-settings.js';
import { doorSettings } from '../door/door-settings.js';
import { loggingSettings } from '../logging/logging-settings.js';
import { partnerTlsSettings } from '../partner-door/partner-tls-settings.js';
import { pagesSettings } from '../staff-door/pages/pages-settings.js';
import { themeSettings } from '../staff-door/pages/themes.js';
import { oidcSettings } from '../staff-door/oidc-settings.js';

/** The settings that all three services share; a service adds its own to this record and hands it to `readConfig`. */
export const serviceSettings = {
  doors: doorSettings,
  partnerTls: partnerTlsSettings,
  database: databaseSettings,
  bus: busSettings,
  keys: keySettings,
  oidc: oidcSettings,
  pages: pagesSettings,
  themes: themeSettings,
  outbound: outboundSettings,
  logging: loggingSettings,
  audit: auditSettings,
};
