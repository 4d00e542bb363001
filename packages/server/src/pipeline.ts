import type {
  Arrived,
  Asked,
  Authenticated,
  Correlated,
  Directed,
  Handled,
  Lifted,
  Plan,
  Routed,
  Uploaded,
  Validated,
} from './context.js'
import { stepTable } from './step-table.js'
import { admit } from './steps/admit.js'
import { ask } from './steps/ask.js'
import { authenticate } from './steps/authenticate.js'
import { correlate } from './steps/correlate.js'
import { direct } from './steps/direct.js'
import { handle } from './steps/handle.js'
import { observe } from './steps/observe.js'
import { raise } from './steps/raise.js'
import { route } from './steps/route.js'
import { upload } from './steps/upload.js'
import { validate } from './steps/validate.js'

/** What happens to a request, in order. Whatever a step refuses becomes an envelope in `answer.ts`. */
export const pipeline = stepTable<Arrived, Plan>()
  .step<Correlated>('correlate', correlate)
  .step<Authenticated>('authenticate', authenticate)
  .step<Routed>('route', route)
  .step<Routed>('admit', admit)
  .step<Directed>('direct', direct)
  .step<Asked>('ask', ask)
  .step<Uploaded>('upload', upload)
  .step<Uploaded>('observe', observe)
  .step<Validated>('validate', validate)
  .step<Lifted>('raise', raise)
  .step<Handled>('handle', handle)
