import { type CustomTransportStrategy, Server } from '@nestjs/microservices';

/** The core of a service in a region without a bus: its handlers are reached over HTTPS alone (design D12). */
export class NoBusTransport extends Server implements CustomTransportStrategy {
  listen(callback: () => void): void {
    callback();
  }

  close(): void {}

  on(): never {
    throw new Error('there is no bus to listen to');
  }

  unwrap<T>(): T {
    return undefined as T;
  }
}
