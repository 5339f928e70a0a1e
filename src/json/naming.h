/* SPDX-License-Identifier: Apache-2.0 */
/* Operations as people write them. */
#ifndef DDBEXPR_JSON_NAMING_H
#define DDBEXPR_JSON_NAMING_H

#include "json/document.h"

/* A member that names an operation: PutItem, putItem, put-item, PutItemCommand, DynamoDB_20120810.PutItem. */
bool json_names_operation(str text, ddbexpr_operation *ret);

/* A file that is called after one: orders/put-item-7.json, PutItem.json, update_item.json. Not if it is called after
 * several. */
bool json_file_names_operation(str file_name, ddbexpr_operation *ret);

#endif
