// Fetches data of the registry, and looks at their shape before anything rests on them.

/** Nothing came: the connection, or the host. Whatever else goes wrong is no fault of the reader's. */
export class Unreachable extends Error {}

/** That something is not there. */
export class Missing extends Error {}

/** What an address answers, as `json` or `arrayBuffer`, of this shape. */
export async function fetched(address, shape, as = "json", cache = "default") {
  const answer = await fetch(address, { cache }).catch((fault) => { throw new Unreachable(fault); });
  if (answer.status === 404) throw new Missing(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const value = await answer[as]();
  if (shape && !fits(value, shape)) throw new Error(`${address} is not of its shape`);
  return value;
}

/**
 * Whether a value has a shape: "string", "number" or "boolean", a pattern, a test, a list of one shape, or an object of shapes;
 * where a key ends with `?` the value may be left out.
 */
export function fits(value, shape) {
  if (shape instanceof RegExp) return typeof value === "string" && shape.test(value);
  if (typeof shape === "function") return shape(value);
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((one) => fits(one, shape[0]));
  if (typeof shape === "string") return typeof value === shape;
  return typeof value === "object" && value !== null && Object.keys(shape).every((key) => {
    const own = value[key.replace("?", "")];
    return key.endsWith("?") && (own === undefined || own === null) || fits(own, shape[key]);
  });
}

/** Shapes that several files have. */
export const SLUG = /^[a-z0-9-]+$/, DIGITS = /^\d+-\d{4}$/, DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
export const STANDING = /^(valid|continuing|expired|revoked|lapsed|ended)$/;

/** A number of things, as a place to count from as well: no more than one would wait for. */
export const count = (most) => (value) => Number.isInteger(value) && value >= 0 && value <= most;
