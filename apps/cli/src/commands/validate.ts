import type { VersionId } from '@interwatt/protocol'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { jsonOption, versionOption } from '../options.js'
import { counted } from '../terminal/counted.js'
import { findingLines } from '../terminal/finding-lines.js'
import { readInput } from '../terminal/read-input.js'
import { knownSchema } from '../validating/known-schema.js'
import { type Validation, validateText } from '../validating/validate.js'

interface ValidateOptions {
  readonly as: string
  readonly version: VersionId
  readonly strict?: true
  readonly patch?: true
  readonly json?: true
}

const printResult = (context: CommandContext, what: string, result: Validation): void => {
  const { screen } = context
  for (const finding of result.findings)
    for (const line of findingLines(finding, screen.paint)) screen.out(line)
  if (result.findings.length > 0) screen.out('')
  const verdict = result.errors === 0 ? screen.paint.green('valid') : screen.paint.red('not valid')
  const counts = `${counted(result.errors, 'error')}, ${counted(result.warnings, 'warning')}`
  const documents = result.documents === 1 ? '' : `, ${counted(result.documents, 'document')}`
  screen.out(`${verdict}: ${what}${documents}, ${counts}`)
}

const validate = async (context: CommandContext, file: string, options: ValidateOptions): Promise<void> => {
  const { version, strict = false, patch = false } = options
  const schema = knownSchema(version, options.as)
  const form = patch ? 'patch' : 'whole'
  const result = validateText({ schema, text: await readInput(file), strict, form })
  context.exitCode = result.errors === 0 ? 0 : 1
  const { errors, warnings, documents, findings } = result
  if (options.json) {
    const summary = { valid: errors === 0, object: schema.name, version, strict, documents, errors, warnings }
    return context.screen.out(JSON.stringify({ ...summary, findings }, undefined, 2))
  }
  const rules = strict ? ', rules for sending' : ''
  printResult(context, `${schema.name} of OCPI ${version}${patch ? ' (PATCH)' : ''}${rules}`, result)
}

/** `interwatt validate`: checks documents and says which sentence of the specification they break. */
export const addValidate: AddCommand = (program, context) => {
  program
    .command('validate')
    .summary('check an OCPI document and say what is wrong where')
    .description(
      'Checks a JSON document against an OCPI version: every finding has a JSON Pointer, a code, a sentence and the ' +
        'rule it breaks. A list is checked element by element. By default it checks as a receiver does, which repairs ' +
        'what it can and warns; --strict applies the rules for sending. At most 100 findings per document. ' +
        'Exit code 0: no errors; 1: errors, or the file cannot be read; 2: wrong usage.',
    )
    .argument('<file>', 'JSON file, or - for standard input')
    .requiredOption('--as <object>', 'what the document is, such as Location, Session or StartSession')
    .addOption(versionOption())
    .option('--strict', 'rules for sending: nothing is tolerated')
    .option('--patch', 'the document is the body of a PATCH: some fields only')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['validate --as Location location.json', 'as a receiver of 2.3.0 sees it'],
        [
          'validate --as CDR --version 2.2.1 --strict cdrs.json',
          'may these CDRs be sent to a 2.2.1 partner?',
        ],
        ['validate --as Tariff - < tariff.json', 'from standard input'],
      ]),
    )
    .action((file: string, options: ValidateOptions) => validate(context, file, options))
}
