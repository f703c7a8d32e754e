/** Token of the `Clock` that every provider asks for the time. */
export const CLOCK = Symbol('Clock');
