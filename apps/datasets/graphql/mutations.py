from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, mutation
from apps.datasets import models, services
from apps.datasets.datapoint_ids import get_datapoint
from apps.datasets.graphql.inputs import (
    AddCommentInput,
    ChangeDatasetKindInput,
    CreateCategoryInput,
    CreateDatasetInput,
    CreateTagInput,
    DeleteCategoryInput,
    DeleteCommentInput,
    DeleteDatasetInput,
    DeleteTagInput,
    EditCommentInput,
    GetOrCreateCategoryInput,
    GetOrCreateDatasetInput,
    GetOrCreateTagInput,
    RenameCategoryInput,
    RenameDatasetInput,
    RenameTagInput,
    UpdateCategoryInput,
)
from apps.datasets.graphql.payloads import (
    CategoryPayload,
    CommentPayload,
    DatasetPayload,
    DeleteInBackgroundPayload,
    GetOrCreateCategoryPayload,
    GetOrCreateDatasetPayload,
    GetOrCreateTagPayload,
    TagPayload,
)
from apps.projects import access
from apps.projects.models import Project, Role


@strawberry.type
class DatasetsMutation:
    @mutation(DatasetPayload)
    def create_dataset(self, info: Info[Any, Any], input: CreateDatasetInput) -> DatasetPayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id, at_least=Role.EDITOR)
        dataset = services.create_dataset(actor=actor, project=project, name=input.name, kind=input.kind)
        return DatasetPayload(dataset=dataset)

    @mutation(GetOrCreateDatasetPayload)
    def get_or_create_dataset(self, info: Info[Any, Any], input: GetOrCreateDatasetInput) -> GetOrCreateDatasetPayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id)
        dataset, created = services.get_or_create_dataset(
            actor=actor, project=project, name=input.name, kind=input.kind
        )
        return GetOrCreateDatasetPayload(dataset=dataset, created=created)

    @mutation(DatasetPayload)
    def rename_dataset(self, info: Info[Any, Any], input: RenameDatasetInput) -> DatasetPayload:
        actor = actor_of(info)
        dataset = access.get(actor, models.Dataset, input.id, at_least=Role.EDITOR)
        renamed = services.rename_dataset(
            actor=actor, dataset=dataset, name=input.name, expected_version=input.expected_version
        )
        return DatasetPayload(dataset=renamed)

    @mutation(DatasetPayload)
    def change_dataset_kind(self, info: Info[Any, Any], input: ChangeDatasetKindInput) -> DatasetPayload:
        actor = actor_of(info)
        dataset = access.get(actor, models.Dataset, input.id, at_least=Role.EDITOR)
        changed = services.change_dataset_kind(
            actor=actor, dataset=dataset, kind=input.kind, expected_version=input.expected_version
        )
        return DatasetPayload(dataset=changed)

    @mutation(DeleteInBackgroundPayload)
    def delete_dataset(self, info: Info[Any, Any], input: DeleteDatasetInput) -> DeleteInBackgroundPayload:
        actor = actor_of(info)
        dataset = access.get(actor, models.Dataset, input.id, at_least=Role.OWNER)
        job = services.delete_dataset(actor=actor, dataset=dataset, confirm_name=input.confirm_name)
        return DeleteInBackgroundPayload(deleted_id=input.id, job=job)

    @mutation(CategoryPayload)
    def create_category(self, info: Info[Any, Any], input: CreateCategoryInput) -> CategoryPayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id, at_least=Role.EDITOR)
        category = services.create_category(actor=actor, project=project, name=input.name)
        return CategoryPayload(category=category)

    @mutation(GetOrCreateCategoryPayload)
    def get_or_create_category(
        self, info: Info[Any, Any], input: GetOrCreateCategoryInput
    ) -> GetOrCreateCategoryPayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id)
        category, created = services.get_or_create_category(actor=actor, project=project, name=input.name)
        return GetOrCreateCategoryPayload(category=category, created=created)

    @mutation(CategoryPayload)
    def update_category(self, info: Info[Any, Any], input: UpdateCategoryInput) -> CategoryPayload:
        actor = actor_of(info)
        category = access.get(actor, models.Category, input.id, at_least=Role.EDITOR)
        updated = services.update_category(
            actor=actor, category=category, colour=input.colour, expected_version=input.expected_version
        )
        return CategoryPayload(category=updated)

    @mutation(CategoryPayload)
    def rename_category(self, info: Info[Any, Any], input: RenameCategoryInput) -> CategoryPayload:
        actor = actor_of(info)
        category = access.get(actor, models.Category, input.id, at_least=Role.EDITOR)
        renamed = services.rename_category(
            actor=actor, category=category, name=input.name, expected_version=input.expected_version
        )
        return CategoryPayload(category=renamed)

    @mutation(DeleteInBackgroundPayload)
    def delete_category(self, info: Info[Any, Any], input: DeleteCategoryInput) -> DeleteInBackgroundPayload:
        actor = actor_of(info)
        category = access.get(actor, models.Category, input.id, at_least=Role.EDITOR)
        job = services.delete_category(actor=actor, category=category)
        return DeleteInBackgroundPayload(deleted_id=input.id, job=job)

    @mutation(TagPayload)
    def create_tag(self, info: Info[Any, Any], input: CreateTagInput) -> TagPayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id, at_least=Role.EDITOR)
        tag = services.create_tag(actor=actor, project=project, name=input.name)
        return TagPayload(tag=tag)

    @mutation(GetOrCreateTagPayload)
    def get_or_create_tag(self, info: Info[Any, Any], input: GetOrCreateTagInput) -> GetOrCreateTagPayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id)
        tag, created = services.get_or_create_tag(actor=actor, project=project, name=input.name)
        return GetOrCreateTagPayload(tag=tag, created=created)

    @mutation(TagPayload)
    def rename_tag(self, info: Info[Any, Any], input: RenameTagInput) -> TagPayload:
        actor = actor_of(info)
        tag = access.get(actor, models.Tag, input.id, at_least=Role.EDITOR)
        renamed = services.rename_tag(actor=actor, tag=tag, name=input.name, expected_version=input.expected_version)
        return TagPayload(tag=renamed)

    @mutation(DeletedPayload)
    def delete_tag(self, info: Info[Any, Any], input: DeleteTagInput) -> DeletedPayload:
        actor = actor_of(info)
        tag = access.get(actor, models.Tag, input.id, at_least=Role.EDITOR)
        services.delete_tag(actor=actor, tag=tag)
        return DeletedPayload(deleted_id=input.id)

    @mutation(CommentPayload)
    def add_comment(self, info: Info[Any, Any], input: AddCommentInput) -> CommentPayload:
        actor = actor_of(info)
        datapoint = get_datapoint(actor, input.datapoint_id, at_least=Role.EDITOR)
        comment = services.add_comment(actor=actor, datapoint=datapoint, text=input.text)
        return CommentPayload(comment=comment)

    @mutation(CommentPayload)
    def edit_comment(self, info: Info[Any, Any], input: EditCommentInput) -> CommentPayload:
        actor = actor_of(info)
        comment = access.get(actor, models.Comment, input.id, at_least=Role.EDITOR)
        edited = services.edit_comment(
            actor=actor, comment=comment, text=input.text, expected_version=input.expected_version
        )
        return CommentPayload(comment=edited)

    @mutation(DeletedPayload)
    def delete_comment(self, info: Info[Any, Any], input: DeleteCommentInput) -> DeletedPayload:
        actor = actor_of(info)
        comment = access.get(actor, models.Comment, input.id, at_least=Role.EDITOR)
        services.delete_comment(actor=actor, comment=comment)
        return DeletedPayload(deleted_id=input.id)
