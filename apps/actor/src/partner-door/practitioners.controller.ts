import { PartnerPractitioners } from '@anw/api-contracts';
import { ANW_PRACTITIONERS_SCOPE } from '@anw/credentials';
import { Documented } from '@anw/platform';
import { placeOfShift, type Shift } from '@anw/scheduling';
import { PartnerAccess, PartnerCall, type PartnerRequest } from '@anw/service-core';
import { OrganisationName } from '@anw/values';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { z } from 'zod';
import { Duty } from '../duty/duty.js';

const params = z.object({ org: OrganisationName });

/** Who is on duty, for regisseurs that this actor works for (design §2 step 2). */
@Controller('anw/:org/practitioners')
export class PractitionersController {
  constructor(
    @Inject(PartnerAccess) private readonly access: PartnerAccess,
    @Inject(Duty) private readonly duty: Duty,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Practitioners on duty now (token scope `anw-practitioners`, for regisseurs that the actor knows)',
    request: { params },
    responses: { 200: { description: 'Whoever stays longest first', schema: PartnerPractitioners }, 401: { description: 'No token, or one that does not hold' }, 403: { description: 'A regisseur that the actor does not (or no longer) work for' } },
  })
  async onDuty(@PartnerCall() call: PartnerRequest): Promise<PartnerPractitioners> {
    const { organisation, client: regisseur } = await this.access.admit(call, ANW_PRACTITIONERS_SCOPE);
    return { practitioners: (await this.duty.tell(organisation, regisseur)).map(toPractitioner) };
  }
}

function toPractitioner({ id, practitioner: { identifier, name, roleName }, district, startArea, period }: Shift): PartnerPractitioners['practitioners'][number] {
  return { shift: id, identifier, name, roleName, ...placeOfShift({ district, startArea }), until: period.until.toISOString() };
}
