import { AccessSettings } from '@anw/authorization';
import type { OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { StoredAccessSettings } from '../settings/stored-access-settings.js';

const params = z.object({ org: OrganisationName });

/** What one custodian organisation demands of whoever asks it for a token (design §5). */
@Controller('operator/organisations/:org/settings')
export class SettingsController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(StoredAccessSettings) private readonly settings: StoredAccessSettings,
  ) {}

  @Get()
  @Documented({ summary: 'What holds now: what was set, and the default of what was not', request: { params }, responses: { 200: { description: 'Settings', schema: AccessSettings } } })
  async read(@Param('org') org: string): Promise<AccessSettings> {
    return this.settings.settingsOf(await requireOrganisation(this.directory, org));
  }

  @Put()
  @Documented({ summary: 'Replace all settings; what is left out gets its default', request: { params, body: AccessSettings }, responses: { 200: { description: 'Settings', schema: AccessSettings } } })
  async replace(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: AccessSettings }) settings: AccessSettings): Promise<AccessSettings> {
    const organisation = await requireOrganisation(this.directory, org);
    await this.settings.change(organisation, () => settings, by);
    return settings;
  }
}
