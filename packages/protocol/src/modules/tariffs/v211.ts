import {
  CURRENCY,
  cite,
  dateTime,
  type Infer,
  int,
  LOCAL_DATE,
  many,
  number,
  object,
  one,
  opt,
  some,
  string,
  TIME_OF_DAY,
  url,
} from '../../schema/index.js'
import { EnergyMix } from '../locations/v211.js'
import { DisplayText } from '../types/v211.js'
import { dimensionsDiffer, exactly, stepIsNotNegative } from './checks.js'
import { DayOfWeek, TariffDimensionType } from './v221.js'

export { DayOfWeek, TariffDimensionType } from './v221.js'

/** 2.1.1 `mod_tariffs_pricecomponent_class`: prices are without VAT. */
export const PriceComponent = object(
  'PriceComponent',
  'mod_tariffs_pricecomponent_class',
  {
    type: one(TariffDimensionType),
    price: one(number()),
    step_size: one(int()),
  },
  stepIsNotNegative,
)
export type PriceComponent = Infer<typeof PriceComponent>

/** 2.1.1 `mod_tariffs_tariffrestrictions_class`. */
export const TariffRestrictions = exactly(
  object('TariffRestrictions', 'mod_tariffs_tariffrestrictions_class', {
    start_time: opt(string(5, TIME_OF_DAY)),
    end_time: opt(string(5, TIME_OF_DAY)),
    start_date: opt(string(10, LOCAL_DATE)),
    end_date: opt(string(10, LOCAL_DATE)),
    min_kwh: opt(number()),
    max_kwh: opt(number()),
    min_power: opt(number()),
    max_power: opt(number()),
    min_duration: opt(int()),
    max_duration: opt(int()),
    day_of_week: many(DayOfWeek),
  }),
)
export type TariffRestrictions = Infer<typeof TariffRestrictions>

/** 2.1.1 `mod_tariffs_tariffelement_class`. */
export const TariffElement = exactly(
  object(
    'TariffElement',
    'mod_tariffs_tariffelement_class',
    {
      price_components: cite(some(PriceComponent), 'TAR-030'),
      restrictions: cite(opt(TariffRestrictions), 'TAR-041'),
    },
    dimensionsDiffer,
  ),
)
export type TariffElement = Infer<typeof TariffElement>

/** 2.1.1 `mod_tariffs_tariff_object`. */
export const Tariff = exactly(
  object('Tariff', 'mod_tariffs_tariff_object', {
    id: one(string(36)),
    currency: one(string(3, CURRENCY)),
    tariff_alt_text: many(DisplayText),
    tariff_alt_url: opt(url()),
    elements: cite(some(TariffElement), 'TAR-030'),
    energy_mix: opt(EnergyMix),
    last_updated: one(dateTime()),
  }),
)
export type Tariff = Infer<typeof Tariff>
