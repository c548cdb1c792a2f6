// What of several disclosures stands beside each other, and whether it says the same.

import { fold } from "./fold.js";

// Every key of several lists, each behind the one that it follows in its own list.
export function merged(lists) {
  const all = [];
  for (const list of lists) {
    list.forEach((key, at) => {
      if (!all.includes(key)) all.splice(all.indexOf(list[at - 1]) + 1, 0, key);
    });
  }
  return all;
}

// The tables of a section line by line, one of each service: first those of one label, then the others in their order.
export function aligned(tables) {
  const lines = [];
  const key = ({ label }) => fold(label ?? "");
  tables.forEach((own, service) => {
    const rest = own.filter((table) => {
      const alike = (other) => table.label && other && key(other) === key(table);
      const line = lines.find((line) => !line[service] && line.some(alike));
      if (line) line[service] = table;
      return !line;
    });
    for (const table of rest) {
      let line = lines.find((line) => !line[service]);
      if (!line) lines.push(line = []);
      line[service] = table;
    }
  });
  return lines;
}

// Items with the same meaning say the same: spelling alone makes no difference.
export function meaning(item) {
  const { text = "", ...answer } = item?.answer ?? {};
  return JSON.stringify([answer, fold(text).replace(/\s+/g, " ").trim()]);
}
