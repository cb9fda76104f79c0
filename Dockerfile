# One image for every service: which one it runs is the command. No build step; Node runs the TypeScript as it is.
# NODE_IMAGE names a base image of one's own, such as one that trusts a company's certificates.
ARG NODE_IMAGE=node:24-bookworm-slim
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /vox
COPY package.json package-lock.json .npmrc ./
COPY shared/contracts/package.json shared/contracts/
COPY shared/platform/package.json shared/platform/
COPY shared/redaction/package.json shared/redaction/
COPY shared/testing/package.json shared/testing/
COPY cli/package.json cli/
COPY services/auth/package.json services/auth/
COPY services/compliance/package.json services/compliance/
COPY services/edge-guard/package.json services/edge-guard/
COPY services/quota/package.json services/quota/
COPY services/session-broker/package.json services/session-broker/
COPY local/package.json local/
COPY ops/package.json ops/
COPY bench/package.json bench/
COPY widget/package.json widget/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title=VOX org.opencontainers.image.version=0.9.0
WORKDIR /vox
ENV NODE_ENV=production
COPY --from=dependencies /vox /vox
COPY shared shared
COPY services services
COPY widget widget
COPY local local
COPY cli cli
COPY ops ops
# Made here, so that a volume mounted on one of them belongs to the one who writes.
RUN mkdir -p /secrets /servers/nats /servers/redis /servers/mongo /servers/admin && chown -R node:node /secrets /servers
USER node
CMD ["node", "services/edge-guard/src/main.ts"]
