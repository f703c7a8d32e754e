import type { serviceSettings, Settings } from '@anw/platform';

type ValueOf<S> = S extends Settings<infer T> ? T : never;

/** The settings every service shares, as read from its environment. */
export type ServiceConfig = { readonly [Name in keyof typeof serviceSettings]: ValueOf<(typeof serviceSettings)[Name]> };
