/* How something simple, such as a heading, is kept in the browser: it is put back where nobody has
   changed it since, else it is told what one had written. */
import { labelOf } from "./sections.js";

const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const listed = (value) => [value].flat(2).join(", ");

/** read() and write(value) take what can be JSON; name is what it is called: "rubriken", in a § or
    by itself; words(value): how it is told. */
export function keptValue({ read, write, name, section = null, words = listed }) {
  let base = read();
  const whole = () => (section ? `${labelOf(section)} (${name})` : name);
  return {
    read: () => ({ value: read(), base, where: whole() }),
    saved: () => { base = read(); },
    putBack: (kept) => {
      if (alike(read(), kept.value)) return false;
      if (!alike(read(), kept.base)) {
        return `${kept.where} har ändrats av någon annan. Du hann skriva: ${words(kept.value)}.`;
      }
      write(kept.value);
      return true;
    },
  };
}
