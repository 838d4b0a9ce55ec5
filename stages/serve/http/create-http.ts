/**
 * The routes with all that stands around them: limits, errors, documents, counting.
 *
 * @module
 */

import type { Socket } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import underPressure from '@fastify/under-pressure';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type HTTPMethods,
  type RouteShorthandOptions,
} from 'fastify';
import { PACKAGE } from '../../io/index.ts';
import type { Service } from '../service.ts';
import { keyChecker } from './api-keys.ts';
import { addMlflowRoutes } from './mlflow-routes.ts';
import { addOperatorRoutes } from './operator-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import { addPredictRoutes } from './predict-routes.ts';
import { PROBLEM_TYPE, type Problem, problem, problemOf, Refusal } from './problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Swagger UI sets styles on elements. */
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'";
const METHODS: readonly HTTPMethods[] = ['GET', 'POST'];

export async function createHttp(service: Service): Promise<FastifyInstance> {
  const { settings, metrics } = service;
  const { limits } = settings;
  const server = fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.timeoutMs,
    keepAliveTimeout: 30_000,
    connectionTimeout: 0,
    trustProxy: settings.trustProxy,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Strict: what is wrong is said, not mended.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    http: {
      // Of the two Node takes the longer, and it looks for late requests only so often.
      requestTimeout: limits.timeoutMs,
      headersTimeout: limits.timeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.timeoutMs),
    },
    frameworkErrors: (error, _, reply) => {
      void send(reply, problemOf(error) ?? problem(500, 'internal', 'Something went wrong'));
    },
    clientErrorHandler: answerBrokenRequest,
  });
  server.server.maxConnections = limits.connections;
  server.removeContentTypeParser('text/plain');
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    parseJson(text as string, done);
  });
  server.setErrorHandler<FastifyError | Refusal>((error, request, reply) => {
    const known = problemOf(error);
    if (known === undefined) {
      service.log(
        `${request.method} ${request.routeOptions.url ?? ''} failed: ${error.stack ?? error.message}`,
      );
    }
    return send(reply, known ?? problem(500, 'internal', 'Something went wrong; the log has more'));
  });
  server.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    const allowed = METHODS.filter((method) => server.hasRoute({ method, url: path }));
    if (allowed.length === 0) {
      return send(reply, problem(404, 'not_found', `There is no ${path.slice(0, 100)}; see /docs`));
    }
    return send(
      reply.header('Allow', allowed.join(', ')),
      problem(405, 'method_not_allowed', `${path} takes ${allowed.join(' and ')}, not ${request.method}`),
    );
  });
  server.addHook('onRequest', (_request, reply, done) => {
    metrics.requestBegins();
    void reply.headers(SECURITY_HEADERS);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.requestEnds(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });

  await server.register(rateLimit, { global: false });
  await server.register(underPressure, {
    maxEventLoopDelay: limits.lagMs,
    // Where not one timer came within it, it counts as infinitely late.
    sampleInterval: limits.lagMs,
    // Who asks for health or metrics is answered all the same; the guard asks `isUnderPressure`.
    pressureHandler: () => undefined,
  });
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'so-tagger',
        description: 'Tags for questions on programming',
        version: PACKAGE.version,
      },
      ...(settings.apiKeys.length === 0
        ? {}
        : { components: { securitySchemes: KEY_SCHEMES }, security: [{ bearer: [] }, { key: [] }] }),
    },
  });
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY });
  const guard = guardOf(server, service);
  addPredictRoutes(server, service, guard);
  addMlflowRoutes(server, service, guard);
  addOperatorRoutes(server, service);
  addPageRoutes(server);
  server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger());
  await server.ready();
  return server;
}

/** A key `__proto__` becomes a key like others: schemas do not know it. */
function parseJson(text: string, done: (error: Error | null, body?: unknown) => void): void {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const why = text.trim() === '' ? 'it is empty' : (error as SyntaxError).message;
    done(new Refusal(400, 'invalid_json', `The body is not JSON: ${why}`));
    return;
  }
  done(null, body);
}

const KEY_SCHEMES = {
  bearer: { type: 'http' as const, scheme: 'bearer' },
  key: { type: 'apiKey' as const, in: 'header', name: 'X-API-Key' },
};

/** For routes that cost: how often, by whom, and not while the process is behind. */
function guardOf(server: FastifyInstance, { settings }: Service): RouteShorthandOptions {
  const { requestsPerMinute: max } = settings.limits;
  const checkKey = keyChecker(settings.apiKeys);
  const options: RouteShorthandOptions = {
    onRequest: (_request, reply, done) => {
      if (!server.isUnderPressure()) {
        done();
        return;
      }
      void reply.header('Retry-After', '1');
      done(new Refusal(503, 'overloaded', 'The server is behind; try again'));
    },
    // After the limit of requests: so it holds for those who guess keys too.
    preParsing: (request, _reply, payload, done) => {
      checkKey(request);
      done(null, payload);
    },
  };
  if (max === 0) return options;
  const errorResponseBuilder = (_: unknown, { after }: { readonly after: string }): Error =>
    new Refusal(429, 'too_many_requests', `${max} requests in a minute are taken; try again in ${after}`);
  return { ...options, config: { rateLimit: { max, timeWindow: 60_000, errorResponseBuilder } } };
}

const send = (reply: FastifyReply, what: Problem): FastifyReply =>
  reply.code(what.status).type(PROBLEM_TYPE).send(JSON.stringify(what));

/** What is no HTTP, has too large a head, or does not come to an end. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const what = brokenRequest(error.code);
  const body = JSON.stringify(what);
  socket.end(
    `HTTP/1.1 ${what.status} ${what.title}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function brokenRequest(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, 'request_timeout', 'The request has not come to its end in time');
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, 'headers_too_large', 'The headers are too large');
    case undefined:
    default:
      return problem(400, 'bad_request', 'This is no HTTP request');
  }
}
