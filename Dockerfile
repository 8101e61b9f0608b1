# syntax=docker/dockerfile:1
# One image for all services; which one runs is said by the command: `dist/apps/<app>/src/main.js`. Build: `docker build -t tandem .`
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /tandem
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json ./
COPY scripts ./scripts
COPY libs ./libs
COPY apps ./apps
RUN node scripts/build.mjs --force

# Only what runs: no compiler, no tests, no package that a test needs.
FROM node:26.10.0-bookworm-slim AS packages
WORKDIR /tandem
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 METRICS_PORT=9464
WORKDIR /tandem
COPY --from=packages /tandem/node_modules ./node_modules
COPY --from=build /tandem/dist ./dist
COPY package.json ./
COPY contracts ./contracts
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
ENV TANDEM_DATA=/data
EXPOSE 8080 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=8"]
CMD ["dist/apps/standalone/src/main.js"]
