// iam_simulate.mjs PROBE [SEED [SETS]]: random sets of policies, evaluated by us
// (iam_probe) and by @cloud-copilot/iam-simulate; see iam_simulate.sh.
//
// A condition is simulated when it holds and when it does not.  What we call
// allowed or denied must be so both times; "may" is right when they differ.
// What is allowed for some resource must not be denied for all.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const { runSimulation } = await import(
  pathToFileURL(require.resolve('@cloud-copilot/iam-simulate')));

const [probe, seed = '1', sets = '400'] = process.argv.slice(2);
const ACCOUNT = '123456789012';
const ASKS = [
  ['s3:GetObject', 'arn:aws:s3:::shop/a/b'],
  ['s3:PutObject', 'arn:aws:s3:::shop/a'],
  ['s3:DeleteObject', 'arn:aws:s3:::home-ada/a'],
  ['s3:ListBucket', 'arn:aws:s3:::shop'],
  ['s3:DeleteBucket', 'arn:aws:s3:::home-ada'],
  ['s3:ListAllMyBuckets', '*'],
  ['rds:DeleteDBInstance', `arn:aws:rds:eu-west-1:${ACCOUNT}:db:orders`],
  ['rds:DeleteDBSnapshot', `arn:aws:rds:eu-west-1:${ACCOUNT}:snapshot:ada`],
  ['dynamodb:DeleteTable', `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/o`],
  ['dynamodb:GetItem', `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/o`],
  ['ec2:TerminateInstances', `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-1`],
  ['ec2:DescribeInstances', '*'],
  ['iam:AttachUserPolicy', `arn:aws:iam::${ACCOUNT}:user/ada`],
  ['iam:CreateAccessKey', `arn:aws:iam::${ACCOUNT}:user/eve`],
  ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/ci`],
];

let state = Number(seed) >>> 0;
function random(below) {
  // mulberry32: the same sets for the same seed everywhere.
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];

function actionPattern() {
  const [action] = pick(ASKS);
  const [service, name] = action.split(':');
  const cut = 1 + random(name.length);
  return pick([
    '*', action, action, action.toUpperCase().replace(/^[^:]*/, service),
    `${service}:*`, `${service}:${name.slice(0, cut)}*`,
    `${service}:*${name.slice(cut)}`, `${service}:?${name.slice(1)}`,
    `${service}:${name.slice(0, cut)}*${name.slice(-1)}`,
  ]);
}

function resourcePattern() {
  const [, resource] = pick(ASKS);
  if (resource === '*') return '*';
  const parts = resource.split(':'), service = parts[2];
  const rest = parts.slice(5).join(':');
  // No wildcard inside of the resource's type ("us*r/ada"): AWS's documentation
  // calls that incorrect, the simulator takes it for nothing, and so it stays
  // out.  Buckets have no type.
  const type = service === 's3' ? '' : rest.match(/^.*?[:/]/)[0];
  const id = rest.slice(type.length);
  const cut = 1 + random(id.length);
  const wide = [...parts.slice(0, 3), '*', '*', rest].join(':');
  const head = parts.slice(0, 5).join(':');
  return pick([
    '*', '*', resource, resource, wide, `${head}:*`,
    `${head}:${type}${id.slice(0, cut)}*`, `${head}:${type}*${id.slice(cut)}`,
    `${head}:${type}?${id.slice(1)}`, resource.replace('ada', '${aws:username}'),
  ]);
}

const some = (make) => Array.from({ length: 1 + random(3) }, make);

function statement() {
  const one = { Effect: random(4) ? 'Allow' : 'Deny' };
  one[random(6) ? 'Action' : 'NotAction'] = some(actionPattern);
  one[random(6) ? 'Resource' : 'NotResource'] = some(resourcePattern);
  if (!random(7)) one.Condition = { Bool: { 'aws:SecureTransport': 'true' } };
  return one;
}

const document = () => ({ Version: '2012-10-17', Statement: some(statement) });

function makeSet() {
  return {
    user: 'ada', account: ACCOUNT, policies: some(document),
    boundary: random(3) ? null : document(), asks: ASKS,
  };
}

async function simulate(set, [action, resource], secure) {
  const named = (policy, i) => ({ name: `p${i}`, policy });
  const result = await runSimulation({
    request: {
      principal: `arn:aws:iam::${ACCOUNT}:user/ada`, action,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: {
        'aws:SecureTransport': secure, 'aws:username': 'ada',
      },
    },
    identityPolicies: set.policies.map(named),
    resourcePolicy: undefined, serviceControlPolicies: [],
    resourceControlPolicies: [],
    permissionBoundaryPolicies: set.boundary ? [named(set.boundary, 0)]
      : undefined,
  }, {});
  const overall = result.overallResult ?? result.analysis?.result;
  if (!overall) throw new Error(JSON.stringify(result).slice(0, 600));
  return overall === 'Allowed';
}

const all = Array.from({ length: Number(sets) }, makeSet);
const run = spawnSync(probe, {
  input: all.map((set) => JSON.stringify(set)).join('\n') + '\n',
  encoding: 'utf8', maxBuffer: 1 << 28,
});
if (run.status !== 0) throw new Error(`iam_probe: ${run.stderr}`);
const answers = run.stdout.trim().split('\n').map((line) => line.split(' '));

let compared = 0, allowed = 0, may = 0, differ = 0;
for (const [i, set] of all.entries()) {
  for (const [j, ask] of set.asks.entries()) {
    const [ours, anywhere] = answers[i * ASKS.length + j];
    const theirs = [await simulate(set, ask, 'true'),
                    await simulate(set, ask, 'false')];
    const right = ours === 'may' ? true
      : theirs.every((yes) => yes === (ours === 'allowed'));
    const covered = anywhere !== 'denied' || !theirs.some(Boolean);
    compared += 1;
    allowed += ours === 'allowed';
    may += ours === 'may';
    if (right && covered) continue;
    if (++differ > 5) continue;
    console.log(`${ask}: ${ours}, anywhere ${anywhere}, theirs ${theirs}`);
    console.log(JSON.stringify({ ...set, asks: undefined }));
  }
}
console.log(`${compared} compared (${allowed} allowed, ${may} may), `
  + `${differ} differ`);
process.exit(differ || !compared || !allowed ? 1 : 0);
