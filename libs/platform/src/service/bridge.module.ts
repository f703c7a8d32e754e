import type { DynamicModule, InjectionToken, Provider } from '@nestjs/common';

/** Where providers of the core are had from; a Nest application context is one. */
export interface ProviderSource {
  get<T>(token: InjectionToken<T>): T;
}

const lifecycleHooks = ['onModuleInit', 'onApplicationBootstrap', 'onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'];

class BridgeModule {}

/** Hands an explicit list of the core's providers to a door, by value: doors share the core's state and nothing else. */
export function bridge(core: ProviderSource, tokens: readonly InjectionToken[], own: readonly Provider[]): DynamicModule {
  const shared = tokens.map((token) => ({ provide: token, useValue: withoutHooks(token, core.get(token)) }));
  const providers: Provider[] = [...shared, ...own];
  return { module: BridgeModule, global: true, providers, exports: providers.map(tokenOf) };
}

/** Nest would run the hooks of a bridged provider once more in every door: start and stop belong to the core. */
function withoutHooks(token: InjectionToken, value: unknown): unknown {
  const hook = lifecycleHooks.find((name) => typeof (value as Record<string, unknown> | null | undefined)?.[name] === 'function');
  if (hook !== undefined) throw new Error(`${String(typeof token === 'function' ? token.name : token)} has ${hook}: bridge what it offers, not the provider that starts and stops`);
  return value;
}

function tokenOf(provider: Provider): InjectionToken {
  return typeof provider === 'function' ? provider : provider.provide;
}
