import { fileURLToPath } from 'node:url'

/** Path of the shipped extract of the register, `data/berlin/berlin-stations.csv` of the project (CC BY 4.0). */
export const berlinExtract = (): string =>
  fileURLToPath(new URL('../../../../../data/berlin/berlin-stations.csv', import.meta.url))
