import { LaunchedSession, LaunchExchangeInput } from '@anw/api-contracts';
import { Documented, OpenToAnyone } from '@anw/platform';
import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { Launches } from '../launches/launches.js';

/** The page within an ECD becomes the session of whom its code was given for; it needs no cookie, which browsers keep from frames. */
@Controller('api/launch')
export class LaunchController {
  constructor(@Inject(Launches) private readonly launches: Launches) {}

  @Post()
  @OpenToAnyone()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Exchange a launch code for a session, once', request: { body: LaunchExchangeInput }, responses: { 200: { description: 'The token of the session', schema: LaunchedSession }, 401: { description: 'The code was used, is over, or was never given' } } })
  exchange(@Body({ schema: LaunchExchangeInput }) { organisation, code }: LaunchExchangeInput): Promise<LaunchedSession> {
    return this.launches.exchange(organisation, code);
  }
}
