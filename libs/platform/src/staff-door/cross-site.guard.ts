import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A request that changes something comes from a page of this very door: its `Origin` is ours (or `Sec-Fetch-Site` says
 * so) and its body is JSON, which no other site's form can send.
 */
@Injectable()
export class CrossSiteGuard implements CanActivate {
  constructor(@Inject(STAFF_DOOR_OPTIONS) private readonly options: StaffDoorOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (safeMethods.has(request.method)) return true;
    if (!this.isSameOrigin(request)) throw new ProblemError('cross-site');
    if (!isJson(request.headers['content-type'])) throw new ProblemError('unsupported-media-type');
    return true;
  }

  /** Browsers send at least one of the two with every request that can change something; neither is no browser of ours. */
  private isSameOrigin({ headers }: FastifyRequest): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') return false;
    return headers.origin === undefined ? site === 'same-origin' : headers.origin === new URL(this.options.url).origin;
  }
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
