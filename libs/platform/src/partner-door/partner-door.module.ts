import { Module } from '@nestjs/common';
import { AuthorizationServerController } from './authorization-server.controller.js';
import { DidController } from './did.controller.js';
import { NotificationsController } from './notifications.controller.js';
import { StatusListController } from './status-list.controller.js';

/**
 * What the partner door of every service serves. The service bridges `DidDocuments`, `StatusLists`,
 * `AuthorizationServers` and `NotificationReceiver` from its core.
 */
@Module({ controllers: [DidController, StatusListController, AuthorizationServerController, NotificationsController] })
export class PartnerDoorModule {}
