# Umbra as an image: built with all tools, shipped with none of them, run by a user who may do nothing else.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installs exactly what the lock file says; its last step is `npm run build`.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
# tcpdump may open raw sockets although its user is nobody special; the container must be allowed NET_RAW, as is Docker's default.
RUN apt-get update \
  && apt-get install -y --no-install-recommends tcpdump libcap2-bin \
  && setcap cap_net_raw=ep "$(command -v tcpdump)" \
  && apt-get purge -y libcap2-bin \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/config ./config
COPY --from=build /app/demo ./demo
COPY --from=build /app/dist ./dist
RUN chmod +x dist/src/cli/main.js \
  && ln -s /app/dist/src/cli/main.js /usr/local/bin/umbra \
  && install -d -o node -g node -m 0700 /var/lib/umbra
ENV UMBRA_STATE=/var/lib/umbra
USER node
ENTRYPOINT ["umbra"]
CMD ["--help"]
