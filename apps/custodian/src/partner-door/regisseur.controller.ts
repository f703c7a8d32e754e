import { FoundPatients, PartnerAllowlist, PartnerPrecheckInput, PartnerPrecheckResult, PatientSearchTerms } from '@anw/api-contracts';
import { ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import { Documented, parseRequest, ProblemError } from '@anw/platform';
import { type AdmittedPartner, PartnerAccess, PartnerCall, type PartnerRequest } from '@anw/service-core';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { z } from 'zod';
import { RegisseurDesk } from '../regisseurs/regisseur-desk.js';

const params = z.object({ org: OrganisationName });

/** What regisseurs ask a custodian, with an access token of scope `anw-regisseur` (design §6). Who shows none learns nothing about the form of the request. */
@Controller('anw/:org')
export class RegisseurController {
  constructor(
    @Inject(PartnerAccess) private readonly access: PartnerAccess,
    @Inject(RegisseurDesk) private readonly desk: RegisseurDesk,
  ) {}

  @Get('allowlist')
  @Documented({ summary: 'The asking regisseur’s own allowlist rows and its delegation', request: { params }, responses: { 200: { description: 'Rows and delegation', schema: PartnerAllowlist } } })
  async allowlist(@PartnerCall() call: PartnerRequest): Promise<PartnerAllowlist> {
    const allowlist = await this.desk.allowlistOf(await this.admit(call));
    if (allowlist === undefined) throw new ProblemError('forbidden');
    return allowlist;
  }

  @Post('patients/_search')
  @HttpCode(200)
  @Documented({ summary: 'Find a patient by family name and birth date, or by BSN; minimal fields back', request: { params, body: PatientSearchTerms }, responses: { 200: { description: 'Patients enrolled through the asking regisseur', schema: FoundPatients }, 429: { description: 'More searches in this minute than the custodian allows this regisseur' } } })
  async search(@PartnerCall() call: PartnerRequest, @Body() terms: unknown): Promise<FoundPatients> {
    return this.desk.searchPatients(await this.admit(call), parseRequest(PatientSearchTerms, terms));
  }

  @Post('precheck')
  @HttpCode(200)
  @Documented({ summary: 'Would this actor be granted a token for this patient on your authorization? (checks 7 and 8)', request: { params, body: PartnerPrecheckInput }, responses: { 200: { description: 'Yes or no', schema: PartnerPrecheckResult } } })
  async precheck(@PartnerCall() call: PartnerRequest, @Body() input: unknown): Promise<PartnerPrecheckResult> {
    const partner = await this.admit(call);
    return this.desk.precheck(partner, parseRequest(PartnerPrecheckInput, input));
  }

  private admit(call: PartnerRequest): Promise<AdmittedPartner> {
    return this.access.admit(call, ANW_REGISSEUR_SCOPE);
  }
}
