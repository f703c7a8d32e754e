import { type AccessSettings, defaultAccessSettings } from '@anw/authorization';
import type { Organisation } from '@anw/identity';
import { Injectable } from '@nestjs/common';

/** What each organisation of this service demands of whoever asks it for a token; a service may have settings of its own. */
export abstract class AccessSettingsSource {
  abstract settingsOf(organisation: Pick<Organisation, 'id'>): Promise<AccessSettings>;
}

/** The defaults for everyone, which are the safe ones. */
@Injectable()
export class DefaultAccessSettings extends AccessSettingsSource {
  settingsOf(): Promise<AccessSettings> {
    return Promise.resolve(defaultAccessSettings);
  }
}
