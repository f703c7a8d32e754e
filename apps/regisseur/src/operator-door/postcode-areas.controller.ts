import { PostcodeArea } from '@anw/api-contracts';
import { CLOCK, CurrentOperator, Documented } from '@anw/platform';
import { type Clock, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOf } from './regisseur-of.js';

const params = z.object({ org: OrganisationName });
const Area = z.strictObject({
  area: PostcodeArea,
  /** Degrees, of a point in the middle. */
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  district: z.string().trim().min(1).max(100).exactOptional(),
});
const Areas = z
  .strictObject({ areas: z.array(Area).max(5_000) })
  .refine(({ areas }) => new Set(areas.map(({ area }) => area)).size === areas.length, { message: 'an area is there twice', path: ['areas'] });
type Areas = z.infer<typeof Areas>;
const Count = z.object({ areas: z.int() });
type Count = z.infer<typeof Count>;

/** Where the postcode areas of a region lie, so that the desk sees who is near. */
@Controller('operator/organisations/:org/postcode-areas')
export class PostcodeAreasController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put()
  @Documented({ summary: 'Supply the postcode areas; what was there before is gone', request: { params, body: Areas }, responses: { 200: { description: 'How many there are now', schema: Count }, 404: { description: 'No such organisation' } } })
  async replace(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: Areas }) { areas }: Areas): Promise<Count> {
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    await transaction(async ({ areas: store, audit }) => {
      await store.replaceAreas(areas);
      await audit.append({ id: randomUUID(), name: 'postcodes.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query: `${areas.length} areas` });
    });
    return { areas: areas.length };
  }

  @Get()
  @Documented({ summary: 'How many postcode areas are known', request: { params }, responses: { 200: { description: 'The number', schema: Count }, 404: { description: 'No such organisation' } } })
  async count(@Param('org') org: string): Promise<Count> {
    const { transaction } = await regisseurOf(org, this.regisseurs);
    return { areas: await transaction(({ areas }) => areas.countAreas()) };
  }
}
