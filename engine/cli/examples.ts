/**
 * The examples that the help of each command ends with.
 *
 * @module
 */

/** By command: what stands after `dvc-like`, and what it does. */
export const EXAMPLES: Readonly<Record<string, readonly (readonly [line: string, meaning: string])[]>> = {
  '': [
    ['repro', 'bring everything up to date'],
    ['status', 'see first what would be done'],
    ['why train', 'learn why the stage "train" runs or does not'],
    ['--wait-for-lock commit', 'after another command here has ended, however long it takes'],
  ],
  repro: [
    ['repro', 'bring everything up to date'],
    ['repro -j 4 report', 'only "report" and what it needs, up to four stages at once'],
    ['repro --dry', 'say what would be done'],
    ['repro -f -s train', 'run "train" and nothing else, changed or not'],
  ],
  status: [
    ['status', 'the stages of which something changed'],
    ['status -v train', '"train" and what it needs, also what has not changed'],
    ['status -q || dvc-like repro', 'in a script: only if something changed'],
  ],
  why: [
    ['why train', 'the chain from the first cause to "train", with what differs'],
    ['why train --since HEAD~3', 'what changed for "train" in the last three commits'],
  ],
  dag: [
    ['dag', 'the whole pipeline, each group as one box'],
    ['dag train --downstream', '"train" and all that needs it'],
    ['dag --html', 'a page to search and zoom in: dag.html'],
  ],
  check: [['check', 'everything that is wrong, before anything runs']],
  checkout: [
    ['checkout', 'after a git checkout: the outs that belong to it'],
    ['checkout train', 'only the outs of "train"'],
  ],
  commit: [['commit train', 'the outs of "train" were mended by hand: record them as they are']],
  gc: [
    ['gc -w --dry', 'what could go, and how much room it takes'],
    [
      'gc --all-branches --force',
      'keep what the workspace and the tips of all branches name, remove the rest',
    ],
    ['gc --rev HEAD --num 5 --force', 'keep what the last five commits name'],
    ['gc -w --not-in-remote --force', 'make room: what the remote has can be fetched again'],
  ],
  push: [
    ['push', 'send what the lock names to the default remote'],
    ['push --run-cache -r storage', 'with what stages made before, to the remote "storage"'],
  ],
  fetch: [
    ['fetch --all-commits', 'have in the cache whatever any commit needs'],
    ['fetch -a --type metrics --max-size 1000000', 'the metrics of all branches, but none of a megabyte'],
  ],
  pull: [
    ['pull', 'after a git pull: the outs that belong to it'],
    ['pull train', 'only the outs of "train"'],
  ],
  runs: [
    ['runs', 'the last runs, the newest first'],
    ['runs show last', 'the last one: its stages, why they ran, how long they took'],
  ],
  'runs show': [
    ['runs show last', 'the stages of the last run, why they ran, how long they took'],
    ['runs show last --html', 'the same as a page, with a timeline'],
  ],
  log: [['log train', 'what "train" printed the last time it ran']],
  stage: [['stage list', 'name the stages']],
  'stage add': [
    [
      'stage add -n score -d model -M score.json python score.py model',
      'a stage "score", which reads the model and writes metrics that git keeps',
    ],
  ],
  'stage list': [
    ['stage list', 'each stage and what it is for'],
    ['stage list --json', 'the same, with deps and outs, for a script'],
  ],
  freeze: [['freeze collect', 'leave "collect" alone, whatever changes']],
  unfreeze: [['unfreeze collect', 'let "collect" run again']],
  add: [
    ['add data/raw', 'track the directory: writes data/raw.dvc, which git keeps instead'],
    ['add -o data/raw /mnt/share/raw', 'copy it from elsewhere, and track the copy'],
  ],
  remove: [
    ['remove draft', 'the stage "draft"; what it has made stays where it is'],
    ['remove --outs sketch', 'the stage "sketch" and what it has made'],
  ],
  move: [['move data/raw data/raw-2019', 'the data, and data/raw.dvc with it']],
  unprotect: [['unprotect data/raw', 'before it is edited, where "cache.type" makes links']],
  diff: [
    ['diff', 'the data since the last commit'],
    ['diff --json --show-hash', 'the same with digests, for a script'],
  ],
  data: [['data status', 'what changed in the data since the last commit, and since it was recorded']],
  'data status': [
    ['data status', 'what changed since the last commit, and since it was recorded'],
    ['data status --granular --untracked-files', 'file by file, with those that nobody tracks'],
    ['data status --not-in-remote', 'before leaving: also what nobody else can fetch yet'],
  ],
  params: [['params diff', 'what changed in the parameters since the last commit']],
  'params diff': [
    ['params diff', 'the workspace and the last commit'],
    ['params diff main --md', 'the workspace and "main", as a Markdown table'],
  ],
  metrics: [['metrics show', 'the metrics as they are']],
  'metrics show': [
    ['metrics show', 'all metrics of the workspace'],
    ['metrics show -a -T', 'the same, and those of all branches and tags'],
  ],
  'ci-report': [
    ['ci-report --base origin/main', 'what this branch did to metrics, params and stages, as Markdown'],
    ['ci-report --base HEAD~1 -o report.md', 'for "gh pr comment --body-file report.md"'],
  ],
  'metrics diff': [
    ['metrics diff', 'the workspace and the last commit'],
    ['metrics diff v1 v2 --json', 'two tags, for a script'],
  ],
  plots: [['plots show', 'draw all plots, as a page']],
  'plots show': [
    ['plots show', 'all plots of the workspace, as dvc_plots/index.html'],
    ['plots show log.csv -x epoch -y loss', 'one column of a table over another'],
  ],
  'plots diff': [
    ['plots diff', 'the last commit beside the workspace'],
    ['plots diff v1 v2 --targets roc', 'one plot of two tags'],
  ],
  'plots templates': [
    ['plots templates', 'their names'],
    ['plots templates linear > .dvc/plots/own.json', 'the beginning of one of your own'],
  ],
  completion: [
    ['completion bash', 'in ~/.bashrc: source <(dvc-like completion bash)'],
    ['completion zsh', 'in ~/.zshrc, after compinit: source <(dvc-like completion zsh)'],
    ['completion fish', 'in ~/.config/fish/config.fish: dvc-like completion fish | source'],
  ],
  schema: [
    [
      'schema > dvc-like.schema.json',
      'for the first line of dvc-like.yaml: # yaml-language-server: $schema=…',
    ],
    [
      'schema --params > config.schema.json',
      'the same for config.yaml, from what the modules say of their params',
    ],
  ],
  init: [
    ['init', 'a DVC repository at the top of a git repository'],
    ['init --subdir', 'one below the top'],
  ],
  config: [
    ['config -l --show-origin', 'everything that is set, and where'],
    ['config core.autostage true', 'let git add what is written'],
    ['config --local cache.dir /mnt/cache', 'keep the cache elsewhere, on this machine only'],
  ],
  remote: [['remote list', 'the remotes that there are']],
  'remote add': [
    ['remote add -d store /mnt/store', 'a directory, used where no remote is named'],
    ['remote add up s3://bucket/path', 'a bucket of S3'],
  ],
  'remote modify': [
    ['remote modify up endpointurl http://localhost:9000', 'of a server that speaks as S3 does'],
    ['remote modify --local up secret_access_key ...', 'what git is not to see'],
  ],
  'remote default': [['remote default up', 'use "up" where no remote is named']],
  'remote list': [['remote list', 'names, places, and which one is the default']],
  'remote remove': [['remote remove up', 'forget it; what it holds stays there']],
  'remote rename': [['remote rename up store', 'call it "store" from now on']],
  cache: [['cache dir', 'where the cache lies']],
  'cache dir': [
    ['cache dir', 'where the cache lies'],
    ['cache dir --local ../cache', 'move it: objects that are there already stay behind'],
  ],
  root: [['root', 'the way up, as "../.."']],
  'check-ignore': [['check-ignore -d data/*', 'the line that leaves each of them out']],
  version: [['version', 'what to tell when something goes wrong']],
  help: [['help repro', 'the same as: dvc-like repro --help']],
};
