import { HomeAccessReason } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';

/** `POST /api/visits/:id/home-access`: why she wants to see how to get in; it is in the log of her own organisation and of the custodian. */
export const HomeAccessInput = z.strictObject({ reason: HomeAccessReason });
export type HomeAccessInput = z.infer<typeof HomeAccessInput>;

/** How to get in. The page shows it until then, as text, and keeps it nowhere. */
export const HomeAccessView = z.strictObject({ description: z.string(), visibleUntil: Instant });
export type HomeAccessView = z.infer<typeof HomeAccessView>;

/** `GET /api/home-access-reasons`: what she can choose from, in Dutch. */
export const HomeAccessReasons = z.strictObject({ reasons: z.array(z.strictObject({ reason: HomeAccessReason, label: z.string() })) });
export type HomeAccessReasons = z.infer<typeof HomeAccessReasons>;
