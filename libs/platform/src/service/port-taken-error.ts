/** A door's port is in use: one sentence that says which, and what to do. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  constructor(
    readonly door: string,
    readonly port: number,
    options?: ErrorOptions,
  ) {
    super(`The ${door} door cannot open: port ${port} is in use. Stop what listens there, or set ${door.toUpperCase()}_PORT to a free port.`, options);
  }
}
