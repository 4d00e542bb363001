/** One named step: refuses by throwing OcpiRefusal, otherwise answers with what it found out. */
export type Step<Known, Adds, Plan> = (known: Known, plan: Plan) => Adds | Promise<Adds>

/** Steps in order; each sees what those before it added. */
export interface StepTable<From, To extends From, Plan> {
  readonly names: readonly string[]
  /** The table with one more step. */
  step<Next extends To>(name: string, run: Step<To, Omit<Next, keyof To>, Plan>): StepTable<From, Next, Plan>
  /** Runs all steps on the object, adding to it as it goes, so that a refusal leaves behind what was known. */
  run(from: From, plan: Plan): Promise<To>
}

type AnyStep = (known: never, plan: never) => unknown

/** An empty table of steps. */
export const stepTable = <From extends object, Plan>(): StepTable<From, From, Plan> => build([])

const build = <From extends object, To extends From, Plan>(
  steps: readonly { readonly name: string; readonly run: AnyStep }[],
): StepTable<From, To, Plan> => ({
  names: steps.map((each) => each.name),
  step: (name, run) => build([...steps, { name, run }]),
  async run(from, plan) {
    for (const { run } of steps) {
      // NOTE: sound because `step` only accepts a step that asks for what the steps before it add.
      const found = run(from as never, plan as never)
      Object.assign(from, found instanceof Promise ? await found : found)
    }
    return from as To
  },
})
